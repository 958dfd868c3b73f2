package dev.mer4j.spark;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
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
  private final SegmentRowReader reader;
  private final ModalitySet available;
  private final OutputColumns outputs;
  private final int batchSize;
  private final int[] kept;
  private final Iterator<Row> rows;
  private final Deque<Row> scored = new ArrayDeque<>();

  WindowScorer(
      MultimodalModel model,
      SegmentRowReader reader,
      ModalitySet available,
      Window window,
      Iterator<Row> rows) {
    this.model = model;
    this.reader = reader;
    this.available = available;
    outputs = window.outputs();
    batchSize = window.batchSize();
    kept = window.kept();
    this.rows = rows;
  }

  /**
   * The size of a window and its output.
   *
   * @param batchSize the most rows
   * @param kept the indices of the columns that are copied to the output
   */
  record Window(int batchSize, int[] kept, OutputColumns outputs) {}

  @Override
  public boolean hasNext() {
    if (scored.isEmpty() && rows.hasNext()) {
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
    List<Row> window = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    Set<SegmentId> ids = new HashSet<>();
    long values = 0;
    while (rows.hasNext() && window.size() < batchSize && values < MOST_VALUES) {
      Row row = rows.next();
      Segment segment = reader.segment(row, unique(reader.id(row), ids));
      window.add(row);
      segments.add(segment);
      values += size(segment);
    }
    Predictions predictions =
        model.predict(
            SegmentList.of(segments, model.config().inputs(), reader.labels()), available);
    for (int i = 0; i < window.size(); i++) {
      scored.add(output(window.get(i), predictions, i));
    }
  }

  /** Returns the id of a segment; another one if an earlier row of the window has it. */
  private static SegmentId unique(String text, Set<SegmentId> ids) {
    SegmentId id = parsed(text);
    for (int i = 0; !ids.add(id); i++) {
      id = new SegmentId(text, i);
    }
    return id;
  }

  private static SegmentId parsed(String text) {
    boolean indexed = text.matches("(?s).+\\[\\d{1,9}\\]");
    return indexed ? SegmentId.parse(text) : new SegmentId(text, 0);
  }

  private static long size(Segment segment) {
    long values = 0;
    for (Features features : segment.features().values()) {
      values += features.values().length;
    }
    return values;
  }

  private Row output(Row row, Predictions predictions, int index) {
    List<@Nullable Object> added = outputs.values(predictions, index, reader.id(row));
    Object[] values = new Object[kept.length + added.size()];
    for (int i = 0; i < kept.length; i++) {
      values[i] = row.get(kept[i]);
    }
    for (int i = 0; i < added.size(); i++) {
      values[kept.length + i] = added.get(i);
    }
    return RowFactory.create(values);
  }
}
