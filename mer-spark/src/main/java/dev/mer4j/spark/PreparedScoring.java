package dev.mer4j.spark;

import dev.mer4j.data.Segment;
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

/**
 * Prepares ranges of videos and scores their segments, whose features never become rows.
 *
 * @param preparation created once per task
 */
record PreparedScoring(PreparationFactory preparation, ScoringFunction scoring)
    implements FlatMapFunction<VideoRange, Row> {
  /**
   * Returns the scored segments of all videos, in their order.
   *
   * @param keep whether to copy the columns without features to the output
   * @throws dev.mer4j.MerException if the data cannot be read, or do not fit the model
   */
  static Dataset<Row> of(
      SparkSession session,
      PreparationFactory preparation,
      EmotionClassificationModel model,
      boolean keep,
      OutputColumns outputs) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Preparation own = preparation.create();
    List<VideoRange> ranges = VideoRange.of(own.videos().size(), context.defaultParallelism());
    try (PreparedSegments open = own.open(0, 0)) {
      ScoringFunction scoring = model.scoring(session, open.widths(), open.labels(), keep, outputs);
      return session.createDataFrame(
          context
              .parallelize(ranges, ranges.size())
              .flatMap(new PreparedScoring(preparation, scoring)),
          scoring.output());
    }
  }

  @Override
  public Iterator<Row> call(VideoRange range) {
    PreparedItems items = PreparedItems.open(preparation, range);
    return scoring.score(
        new MappedIterator<>(
            items,
            each -> {
              Segment segment = each.segment();
              return new WindowScorer.Item(
                  SegmentColumns.row(segment.info(), each.split()),
                  segment.id().toString(),
                  segment);
            }),
        items.labels());
  }
}
