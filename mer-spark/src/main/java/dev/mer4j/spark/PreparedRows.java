package dev.mer4j.spark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.store.PreparedSegments;
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
    implements FlatMapFunction<VideoRange, Row> {
  PreparedRows {
    modalities = List.copyOf(modalities);
  }

  /** Returns the segments of ranges with all their modalities, in their order. */
  static Dataset<Row> of(
      SparkSession session, PreparationTasks tasks, List<VideoRange> ranges, String statistics) {
    try (PreparedSegments open = tasks.preparation().sharded().open(0, 0)) {
      List<Modality> modalities = open.widths().modalities();
      StructType schema = SegmentColumns.schema(modalities, open.labels());
      List<String> keys = modalities.stream().map(Modality::key).toList();
      return session.createDataFrame(
          tasks.partitions(ranges).flatMap(new PreparedRows(tasks.broadcast(), keys, statistics)),
          schema);
    }
  }

  @Override
  public Iterator<Row> call(VideoRange range) {
    List<Modality> read = modalities.stream().map(Modality::of).toList();
    return new MappedIterator<>(
        PreparedItems.open(preparation, range, statistics),
        each ->
            SegmentColumns.row(
                each.segment().info(), each.split(), read, each.segment().features()::get));
  }
}
