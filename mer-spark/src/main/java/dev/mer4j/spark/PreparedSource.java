package dev.mer4j.spark;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.coverage.Omission;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.PreparedSegments;
import dev.mer4j.data.store.StorePart;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The segments of data that tasks prepare, in their order. */
final class PreparedSource implements ScoringSource {
  private final SparkSession session;
  private final PreparationTasks tasks;
  private final List<StorePart> parts;
  private final TaskFiles statistics;

  PreparedSource(SparkSession session, PreparationFactory data, Path output) {
    this.session = session;
    tasks = new PreparationTasks(JavaSparkContext.fromSparkContext(session.sparkContext()), data);
    parts = tasks.parts();
    statistics = TaskFiles.beside(output);
  }

  @Override
  public Dataset<Row> score(
      EmotionClassificationModel model,
      boolean keep,
      OutputColumns columns,
      SummaryAccumulator summary) {
    try (PreparedSegments open = tasks.preparation().sharded().open(0, 0)) {
      TaskScoring scoring =
          model.scoring(
              session, open.widths(), open.labels(), ScoringOutput.of(columns, keep, summary));
      return session.createDataFrame(
          tasks
              .partitions(parts)
              .flatMap(
                  new PreparedScoring(
                      tasks.broadcast(),
                      scoring,
                      open.labels().stream().map(Emotion::key).toList(),
                      statistics.folder())),
          scoring.schemaOfOutput());
    }
  }

  @Override
  public List<Omission> omissions() {
    return tasks.preparation().sharded().describe(statistics.files(parts)).coverage().omissions();
  }

  @Override
  public void close() {
    statistics.close();
  }
}
