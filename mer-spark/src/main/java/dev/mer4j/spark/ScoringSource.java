package dev.mer4j.spark;

import dev.mer4j.data.coverage.Omission;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The segments of a job. */
interface ScoringSource extends AutoCloseable {
  /**
   * Returns the scored segments.
   *
   * @param model which this method may configure
   * @param keep whether to copy the columns without features to the output
   * @param summary counts the segments
   * @throws dev.mer4j.MerException if the data cannot be read, or do not fit the model
   */
  Dataset<Row> score(
      EmotionClassificationModel model,
      boolean keep,
      OutputColumns columns,
      SummaryAccumulator summary);

  /**
   * Returns the data that are in no segment, after all segments were scored.
   *
   * @throws dev.mer4j.MerException if a split or a modality has no segments
   */
  default List<Omission> omissions() {
    return List.of();
  }

  @Override
  default void close() {}
}
