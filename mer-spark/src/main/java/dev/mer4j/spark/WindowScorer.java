package dev.mer4j.spark;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Features;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Scores the rows of a partition in windows, in their order. Within a window, the model batches
 * rows of similar length; the prediction of a row does not depend on the others.
 */
final class WindowScorer implements Iterator<Row> {
  /** The most feature values of a window: 64 MB. */
  private static final long MOST_VALUES = 1 << 24;

  private final MultimodalModel model;
  private final List<Emotion> labels;
  private final ModalitySet available;
  private final OutputColumns outputs;
  private final int batchSize;
  private final int[] kept;
  private final Iterator<Item> items;
  private final Deque<Row> scored = new ArrayDeque<>();

  /**
   * Creates a scorer.
   *
   * @param labels of the segments; empty without labels
   */
  WindowScorer(
      MultimodalModel model,
      List<Emotion> labels,
      ModalitySet available,
      Window window,
      Iterator<Item> items) {
    this.model = model;
    this.labels = labels;
    this.available = available;
    outputs = window.outputs();
    batchSize = window.batchSize();
    kept = window.kept();
    this.items = items;
  }

  /**
   * A row to score.
   *
   * @param row with the columns that are copied to the output
   * @param segment whose id another row may have
   */
  record Item(Row row, String id, Segment segment) {}

  /**
   * The size of a window and its output.
   *
   * @param batchSize the most rows
   * @param kept the indices of the columns that are copied to the output
   */
  record Window(int batchSize, int[] kept, OutputColumns outputs) {}

  @Override
  public boolean hasNext() {
    if (scored.isEmpty() && items.hasNext()) {
      score();
    }
    return !scored.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return scored.remove();
  }

  private void score() {
    List<Item> window = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    Set<SegmentId> ids = new HashSet<>();
    long values = 0;
    while (items.hasNext() && window.size() < batchSize && values < MOST_VALUES) {
      Item item = items.next();
      window.add(item);
      segments.add(unique(item, ids));
      values += size(item.segment());
    }
    Predictions predictions =
        model.predict(SegmentList.of(segments, model.config().inputs(), labels), available);
    for (int i = 0; i < window.size(); i++) {
      scored.add(output(window.get(i), predictions, i));
    }
  }

  /** Returns the segment; with another id if an earlier one of the window has it. */
  private static Segment unique(Item item, Set<SegmentId> ids) {
    Segment segment = item.segment();
    SegmentId id = segment.id();
    for (int i = 0; !ids.add(id); i++) {
      id = new SegmentId(item.id(), i);
    }
    return id.equals(segment.id())
        ? segment
        : new Segment(id, 0, 0, segment.scores(), segment.features());
  }

  private static long size(Segment segment) {
    long values = 0;
    for (Features features : segment.features().values()) {
      values += features.values().length;
    }
    return values;
  }

  private Row output(Item item, Predictions predictions, int index) {
    List<@Nullable Object> added = outputs.values(predictions, index, item.id());
    Object[] values = new Object[kept.length + added.size()];
    for (int i = 0; i < kept.length; i++) {
      values[i] = item.row().get(kept[i]);
    }
    for (int i = 0; i < added.size(); i++) {
      values[kept.length + i] = added.get(i);
    }
    return RowFactory.create(values);
  }
}
