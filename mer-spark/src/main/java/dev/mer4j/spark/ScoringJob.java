package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.data.coverage.Omission;
import dev.mer4j.train.cluster.ScoreData;
import dev.mer4j.train.cluster.ScoreJob;
import dev.mer4j.train.cluster.ScoreResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Scores segments and writes their predictions. */
final class ScoringJob {
  private static final String VECTOR = "mer4j_probability";
  private static final String PROBABILITY = "probability";
  private static final OutputColumns COLUMNS =
      new OutputColumns(VECTOR, "prediction", "contributions", "");

  private final SparkSession session;
  private final ScoreJob job;
  private final EmotionClassificationModel model;
  private final SummaryAccumulator summary = new SummaryAccumulator();

  ScoringJob(SparkSession session, ScoreJob job) {
    this.session = session;
    this.job = job;
    model = EmotionClassificationModel.of(job.model());
    if (job.available() != null) {
      model.setAvailable(job.available());
    }
    if (job.backend() != null) {
      model.setBackend(job.backend());
    }
    session.sparkContext().register(summary);
  }

  ScoreResult run() {
    PartFolder folder = new PartFolder(job.output(), PartFolder.Content.PREDICTIONS);
    List<Omission> omissions = new ArrayList<>();
    try (ScoringSource source = source()) {
      PartFolder.Completion completion = part -> omissions.addAll(source.omissions());
      if (job.format() == ScoreJob.Format.JSONL) {
        folder.writeText(
            source.score(model, false, OutputColumns.json("value"), summary), completion);
      } else {
        folder.writeParquet(parquet(source), completion);
      }
    }
    return new ScoreResult(summary.value(), omissions);
  }

  private ScoringSource source() {
    ScoreData data = job.data();
    if (data instanceof ScoreData.Store store) {
      return new StoreSource(session, store.file());
    }
    if (data instanceof ScoreData.Raw raw) {
      return new PreparedSource(session, raw.preparation(), job.output());
    }
    ScoreData.Parquet parquet = (ScoreData.Parquet) data;
    return new ParquetSource(session, parquet.path(), parquet.options());
  }

  /** Returns the other columns, and the outputs with the names of the classes. */
  private Dataset<Row> parquet(ScoringSource source) {
    model.setProbabilityCol(VECTOR).setContributionsCol(COLUMNS.contributions());
    Dataset<Row> scored = source.score(model, true, COLUMNS, summary);
    if (InputColumns.has(scored.schema(), PROBABILITY)) {
      throw new ConfigException("columns: column '" + PROBABILITY + "' exists already");
    }
    List<String> added = COLUMNS.fields().stream().map(StructField::name).toList();
    List<String> classes = model.config().labels().classes();
    Column array = functions.vector_to_array(scored.col(VECTOR), "float64");
    Column[] fields = new Column[classes.size()];
    Arrays.setAll(fields, c -> array.getItem(c).as(classes.get(c)));
    List<Column> columns = new ArrayList<>();
    Arrays.stream(scored.schema().fieldNames())
        .filter(name -> !added.contains(name))
        .forEach(name -> columns.add(InputColumns.column(scored, name)));
    columns.add(org.apache.spark.sql.functions.struct(fields).as(PROBABILITY));
    columns.add(scored.col(COLUMNS.prediction()));
    columns.add(scored.col(COLUMNS.contributions()));
    return scored.select(columns.toArray(Column[]::new));
  }
}
