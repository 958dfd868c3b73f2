package dev.mer4j.spark;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.PredictionSummary;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Scores the rows of a partition in windows, in their order. Within a window, the model batches
 * rows of similar length; the prediction of a row does not depend on the others.
 */
final class WindowScorer implements Iterator<Row> {
  /** The most feature values that a window holds, beside those that its last row loads: 64 MB. */
  private static final long MOST_VALUES = 1 << 24;

  private final MultimodalModel model;
  private final List<Emotion> labels;
  private final ModalitySet available;
  private final Window window;
  private final Iterator<ScoredItem> items;
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
      Iterator<ScoredItem> items) {
    this.model = model;
    this.labels = labels;
    this.available = available;
    this.window = window;
    this.items = items;
  }

  /**
   * The size of a window and its output.
   *
   * @param batchSize the most rows
   * @param kept the indices of the columns that are copied to the output
   * @param summary counts the segments; null to count none
   */
  record Window(
      int batchSize, int[] kept, OutputColumns outputs, @Nullable SummaryAccumulator summary) {}

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
    List<ScoredItem> rows = new ArrayList<>();
    long values = 0;
    while (rows.size() < window.batchSize() && values < MOST_VALUES && items.hasNext()) {
      ScoredItem item = items.next();
      rows.add(item);
      values += item.values();
    }
    Predictions predictions =
        model.predict(new WindowSegments(rows, model.config().inputs(), labels), available);
    SummaryAccumulator summary = window.summary();
    if (summary != null) {
      summary.add(PredictionSummary.of(predictions));
      rows.forEach(row -> summary.addPresent(row.others()));
    }
    for (int i = 0; i < rows.size(); i++) {
      scored.add(output(rows.get(i), predictions, i));
    }
  }

  private Row output(ScoredItem item, Predictions predictions, int index) {
    List<@Nullable Object> added = window.outputs().values(predictions, index, item.id());
    int[] kept = window.kept();
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
