package dev.mer4j.spark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.PreparedSegments;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Prepares ranges of videos and returns their segments as rows of {@link SegmentColumns}.
 *
 * @param preparation created once per task
 */
record PreparedRows(PreparationFactory preparation) implements FlatMapFunction<VideoRange, Row> {
  /** Returns the segments of all videos with all their modalities, in their order. */
  static Dataset<Row> of(SparkSession session, PreparationFactory preparation) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Preparation own = preparation.create();
    List<VideoRange> ranges = VideoRange.of(own.videos().size(), context.defaultParallelism());
    try (PreparedSegments open = own.open(0, 0)) {
      StructType schema = SegmentColumns.schema(open.widths().modalities(), open.labels());
      return session.createDataFrame(
          context.parallelize(ranges, ranges.size()).flatMap(new PreparedRows(preparation)),
          schema);
    }
  }

  @Override
  public Iterator<Row> call(VideoRange range) {
    PreparedItems items = PreparedItems.open(preparation, range);
    List<Modality> modalities = items.modalities();
    return new MappedIterator<>(
        items,
        each ->
            SegmentColumns.row(
                each.segment().info(), each.split(), modalities, each.segment().features()::get));
  }
}
