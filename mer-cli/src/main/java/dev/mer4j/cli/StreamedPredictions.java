package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Features;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.PreparedSegments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Predicts prepared segments in their order, with some of them in memory at a time. */
final class StreamedPredictions {
  /** N of a pass of the model, at most; passes of similar lengths need several batches. */
  private static final int MOST_SEGMENTS = 1024;

  /** The most feature values of a pass: 64 MB. */
  private static final long MOST_VALUES = 1 << 24;

  private final MultimodalModel model;
  private final ModalitySet available;
  private final @Nullable Split split;
  private final List<Segment> pending = new ArrayList<>();
  private long values;

  /**
   * Creates predictions.
   *
   * @param available the modalities that the model may use
   * @param split the only split to predict; null for all segments
   */
  StreamedPredictions(MultimodalModel model, ModalitySet available, @Nullable Split split) {
    this.model = model;
    this.available = available;
    this.split = split;
  }

  /** Receives the predictions of some segments. */
  @FunctionalInterface
  interface Sink {
    /** Called with the next predictions, in the order of the segments. */
    void accept(Predictions predictions) throws IOException;
  }

  /** Returns whether to predict now: never within segments that are padded together. */
  private boolean isPassFull() {
    int together = Math.max(1, model.config().paddedBatch());
    boolean full = pending.size() >= MOST_SEGMENTS || values >= MOST_VALUES;
    return full && pending.size() % together == 0;
  }

  /** Predicts all segments. */
  void run(PreparedSegments segments, Sink sink) throws IOException {
    int done = 0;
    try (Progress progress = new Progress("predicting", "videos")) {
      while (segments.hasNext()) {
        PreparedSegments.Video video = segments.next();
        if (split == null || split == video.split()) {
          for (Segment segment : video.segments()) {
            add(segment);
            if (isPassFull()) {
              predict(segments, sink);
            }
          }
        }
        progress.update(++done, segments.videos());
      }
      predict(segments, sink);
    }
    segments.check();
  }

  private void add(Segment segment) {
    pending.add(segment);
    for (Features features : segment.features().values()) {
      values += features.values().length;
    }
  }

  private void predict(PreparedSegments segments, Sink sink) throws IOException {
    if (!pending.isEmpty()) {
      sink.accept(
          model.predict(SegmentList.of(pending, segments.widths(), segments.labels()), available));
    }
    pending.clear();
    values = 0;
  }
}
