package dev.mer4j.spark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.store.PreparedSegments;
import dev.mer4j.data.store.StorePart;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Prepares a range of videos and returns their segments as rows of {@link SegmentColumns}.
 *
 * @param modalities the keys of all modalities of the data
 * @param statistics the folder of the tasks' statistics
 */
record PreparedRows(
    Broadcast<SharedPreparation> preparation, List<String> modalities, String statistics)
    implements FlatMapFunction<StorePart, Row> {
  PreparedRows {
    modalities = List.copyOf(modalities);
  }

  /** Returns the segments of parts with all their modalities, in their order. */
  static Dataset<Row> of(
      SparkSession session, PreparationTasks tasks, List<StorePart> parts, String statistics) {
    try (PreparedSegments open = tasks.preparation().sharded().open(0, 0)) {
      List<Modality> modalities = open.widths().modalities();
      StructType schema = SegmentColumns.schema(modalities, open.labels());
      List<String> keys = modalities.stream().map(Modality::key).toList();
      return session.createDataFrame(
          tasks.partitions(parts).flatMap(new PreparedRows(tasks.broadcast(), keys, statistics)),
          schema);
    }
  }

  @Override
  public Iterator<Row> call(StorePart part) {
    List<Modality> read = modalities.stream().map(Modality::of).toList();
    return new MappedIterator<>(
        PreparedItems.open(preparation, part, statistics),
        each ->
            SegmentColumns.row(
                each.segment().info(), each.split(), read, each.segment().features()::get));
  }
}
