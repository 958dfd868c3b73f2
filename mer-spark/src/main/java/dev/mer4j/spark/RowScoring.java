package dev.mer4j.spark;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Scores rows with two functions of a task: one reads segments from rows and returns their numbers,
 * the other scores the segments of numbers. A single function of partitions would get rows that
 * Spark copied once more: only functions of single rows are compiled together with the reader of a
 * file.
 */
final class RowScoring implements Serializable {
  private static final long serialVersionUID = 1;

  private final TaskScoring scoring;
  private final @Nullable Broadcast<HadoopSettings> files;

  // Both functions refer to this object, and Spark deserializes them together, anew for each task.
  private transient @Nullable SegmentRowReader reader;
  private transient @Nullable Map<Integer, ScoredItem> items;
  private transient int next;

  /**
   * Creates functions.
   *
   * @param files the file systems of features that are not in the rows; null if all are
   */
  RowScoring(TaskScoring scoring, @Nullable Broadcast<HadoopSettings> files) {
    this.scoring = scoring;
    this.files = files;
  }

  /** Returns the scored rows. */
  Dataset<Row> score(Dataset<Row> rows) {
    MapFunction<Row, Integer> read = this::read;
    MapPartitionsFunction<Row, Row> score =
        numbers ->
            scoring.score(
                new MappedIterator<>(numbers, number -> item(number.getInt(0))),
                SegmentColumns.labels(scoring.schema()));
    return rows.map(read, Encoders.INT())
        .toDF()
        .mapPartitions(score, Encoders.row(scoring.schemaOfOutput()));
  }

  private int read(Row row) {
    SegmentRowReader known = reader;
    if (known == null) {
      known = reader();
      reader = known;
    }
    Map<Integer, ScoredItem> waiting = items;
    if (waiting == null) {
      waiting = new HashMap<>();
      items = waiting;
    }
    waiting.put(next, known.item(row));
    return next++;
  }

  private ScoredItem item(int number) {
    Map<Integer, ScoredItem> waiting = Objects.requireNonNull(items, "read in another task");
    return Objects.requireNonNull(waiting.remove(number));
  }

  private SegmentRowReader reader() {
    StructType schema = scoring.schema();
    InputColumns columns = InputColumns.of(schema, scoring.options(), scoring.config());
    List<Emotion> labels = SegmentColumns.labels(schema);
    return new SegmentRowReader(
        columns.id(),
        new RowFeatures(columns, files(columns), scoring.options().prepareOptions()),
        unread(),
        labels.isEmpty() ? -1 : schema.fieldIndex(SegmentColumns.SCORES),
        labels);
  }

  private @Nullable ParquetFeatures files(InputColumns columns) {
    return files == null
        ? null
        : new ParquetFeatures(
            files.value().configuration(),
            columns.referred().stream().map(column -> column.modality().key()).toList());
  }

  private List<InputColumns.Column> unread() {
    return scoring.output().unread().stream()
        .map(Modality::of)
        .map(
            modality ->
                new InputColumns.Column(
                    modality, 0, -1, scoring.schema().fieldIndex(SegmentColumns.rows(modality))))
        .toList();
  }
}
