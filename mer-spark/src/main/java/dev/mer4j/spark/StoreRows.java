package dev.mer4j.spark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.store.SegmentStore;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads segments of a store as rows of {@link SegmentColumns}.
 *
 * @param store the file, on a file system that all executors share
 * @param modalities the keys of the modalities that are read
 */
record StoreRows(String store, List<String> modalities)
    implements MapPartitionsFunction<Long, Row> {
  /** The fewest segments of a task, unless there are fewer tasks than cores. */
  private static final int LEAST = 2048;

  StoreRows {
    modalities = List.copyOf(modalities);
  }

  /**
   * Returns the segments of a store, in their order.
   *
   * @param inputs D of each modality of the model that reads them
   * @throws dev.mer4j.MerException if the store cannot be read, or does not fit the model
   */
  static Dataset<Row> of(SparkSession session, Path store, PerModality<Integer> inputs) {
    try (SegmentStore open = SegmentStore.open(store)) {
      InputColumns.requireWidths(inputs, open.widths());
      List<Modality> read = inputs.modalities();
      int size = open.allSegments().size();
      int cores = session.sparkContext().defaultParallelism();
      int tasks = Math.max(1, Math.max(Math.min(cores, size), size / LEAST));
      StructType schema = SegmentColumns.schema(read, open.info().labels());
      StoreRows reader =
          new StoreRows(
              store.toAbsolutePath().toString(), read.stream().map(Modality::key).toList());
      return SegmentColumns.withMetadata(
          session.range(0, size, 1, tasks).mapPartitions(reader, Encoders.row(schema)), schema);
    }
  }

  @Override
  public Iterator<Row> call(Iterator<Long> segments) {
    SegmentStore open = SegmentStore.open(Path.of(store));
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> open.close());
    SegmentSet all = open.allSegments();
    List<Modality> read = modalities.stream().map(Modality::of).toList();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return segments.hasNext();
      }

      @Override
      public Row next() {
        int segment = Math.toIntExact(segments.next());
        return SegmentColumns.row(
            all.info(segment),
            open.splitOf(segment),
            read,
            modality -> all.features(segment, modality));
      }
    };
  }
}
