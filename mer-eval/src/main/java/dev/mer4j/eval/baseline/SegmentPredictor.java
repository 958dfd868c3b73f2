package dev.mer4j.eval.baseline;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.Predictor.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predictions that are computed segment by segment, with thresholds of one half.
 *
 * @param segments [N]
 * @param presence [N, M]
 */
record SegmentPredictor(
    LabelSet scheme, List<SegmentInfo> segments, Presence presence, Probabilities probabilities)
    implements Prepared {
  /** Computes the probabilities [C] of one segment. */
  @FunctionalInterface
  interface Probabilities {
    List<Double> of(int segment, ModalitySet available);
  }

  /** Returns predictions of these segments from the given modalities that they have. */
  static SegmentPredictor of(
      LabelSet scheme, SegmentSet segments, ModalitySet inputs, Probabilities probabilities) {
    List<SegmentInfo> infos = IntStream.range(0, segments.size()).mapToObj(segments::info).toList();
    Presence presence =
        Presence.of(infos.stream().map(info -> info.modalities().and(inputs)).toList());
    return new SegmentPredictor(scheme, infos, presence, probabilities);
  }

  @Override
  public Predictions predict(Presence available) {
    List<Prediction> rows = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      ModalitySet own = available.row(s);
      rows.add(
          new Prediction(
              segments.get(s), own, scheme.labels(), probabilities.of(s, own), PerModality.of()));
    }
    return new Predictions(scheme, Thresholds.half(scheme.classCount()), rows);
  }
}
