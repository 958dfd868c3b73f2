package dev.mer4j.spark;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.StoreInfo;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.train.cluster.Cluster;
import dev.mer4j.train.cluster.ScoreData;
import dev.mer4j.train.cluster.ScoreJob;
import dev.mer4j.train.sweep.TrialExecutor;
import dev.mer4j.train.sweep.TrialRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A session of Spark. */
final class SparkCluster implements Cluster {
  private static final String PROBABILITY = "mer4j_probability";

  private final SparkSession session;
  private final JavaSparkContext context;

  SparkCluster(SparkSession session) {
    this.session = session;
    context = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @Override
  public long score(ScoreJob job) {
    EmotionClassificationModel model = EmotionClassificationModel.of(job.model());
    if (job.available() != null) {
      model.setAvailable(job.available());
    }
    if (job.backend() != null) {
      model.setBackend(job.backend());
    }
    return run(
        () -> {
          PartFolder folder = new PartFolder(job.output());
          return job.format() == ScoreJob.Format.JSONL
              ? folder.writeText(scored(job.data(), model, false, OutputColumns.json("value")))
              : folder.writeParquet(parquet(job.data(), model));
        });
  }

  /**
   * Returns the scored segments.
   *
   * @param keep whether to copy the columns without features
   */
  private Dataset<Row> scored(
      ScoreData data, EmotionClassificationModel model, boolean keep, OutputColumns outputs) {
    if (data instanceof ScoreData.Store store) {
      return StoreScoring.of(session, store.file(), model, keep, outputs);
    }
    if (data instanceof ScoreData.Raw raw) {
      return PreparedScoring.of(session, raw.preparation(), model, keep, outputs);
    }
    ScoreData.Parquet parquet = (ScoreData.Parquet) data;
    model.setPreparation(parquet.options());
    Dataset<Row> rows = session.read().parquet(parquet.path().toUri().toString());
    model.transformSchema(rows.schema());
    List<String> kept = keep ? InputColumns.others(rows.schema()) : List.of();
    return model.score(needed(model, rows, kept), kept, outputs);
  }

  /** Returns the other columns, and the outputs with the names of the classes. */
  private Dataset<Row> parquet(ScoreData data, EmotionClassificationModel model) {
    OutputColumns outputs = new OutputColumns(PROBABILITY, "prediction", "contributions", "");
    model.setProbabilityCol(PROBABILITY).setContributionsCol("contributions");
    Dataset<Row> scored = scored(data, model, true, outputs);
    List<String> added = outputs.fields().stream().map(StructField::name).toList();
    List<String> classes = model.config().labels().classes();
    Column array = functions.vector_to_array(scored.col(PROBABILITY), "float64");
    Column[] fields = new Column[classes.size()];
    Arrays.setAll(fields, c -> array.getItem(c).as(classes.get(c)));
    List<Column> columns = new ArrayList<>();
    Arrays.stream(scored.schema().fieldNames())
        .filter(name -> !added.contains(name))
        .forEach(name -> columns.add(scored.col("`" + name + "`")));
    columns.add(org.apache.spark.sql.functions.struct(fields).as("probability"));
    columns.add(scored.col("prediction"));
    columns.add(scored.col("contributions"));
    return scored.select(columns.toArray(Column[]::new));
  }

  /** Returns the columns that scoring reads and those that are kept. */
  private static Dataset<Row> needed(
      EmotionClassificationModel model, Dataset<Row> data, List<String> kept) {
    StructType schema = data.schema();
    ModelConfig config = model.config();
    ModalitySet available = model.options().available(config);
    List<String> names = InputColumns.names(schema, model.getIdCol(), available);
    Column[] columns =
        Arrays.stream(schema.fieldNames())
            .filter(name -> names.contains(name) || kept.contains(name))
            .map(name -> data.col("`" + name + "`"))
            .toArray(Column[]::new);
    return data.select(columns);
  }

  @Override
  public StoreInfo prepare(PreparationFactory data, OutputFile output) {
    Preparation preparation = data.create();
    preparation.require(output);
    List<VideoRange> ranges =
        VideoRange.of(preparation.videos().size(), context.defaultParallelism());
    Path folder = temporary(output.path());
    try {
      List<String> shards =
          run(
              () ->
                  context
                      .parallelize(ranges, ranges.size())
                      .map(new ShardTask(data, folder.toString()))
                      .collect());
      return preparation.merge(shards.stream().map(Path::of).toList(), output);
    } finally {
      delete(folder);
    }
  }

  private static Path temporary(Path beside) {
    Path parent = beside.toAbsolutePath().getParent();
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, ".mer4j-shards-");
    } catch (IOException e) {
      throw new FileException(parent, "cannot be written to: " + IoReason.of(e), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new FileException(folder, "cannot be deleted: " + IoReason.of(e), e);
    }
  }

  @Override
  public long prepareParquet(PreparationFactory data, Path output) {
    Dataset<Row> rows = PreparedRows.of(session, data);
    return run(() -> new PartFolder(output).writeParquet(rows));
  }

  @Override
  public TrialExecutor trials(TrialExecutor driver, TrialRunner runner) {
    return new SparkTrialExecutor(context, driver, runner);
  }

  /** Runs a job; an error of mer4j in a task is thrown as it is. */
  static <T> T run(Supplier<T> job) {
    try {
      return job.get();
    } catch (MerException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failure(e);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
      throw failure(e);
    }
  }

  static MerException failure(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MerException own) {
        return own;
      }
      root = cause;
    }
    String message = String.valueOf(root.getMessage());
    return new MerException("Spark: " + message.lines().findFirst().orElse(message), failure);
  }

  @Override
  public void close() {
    session.stop();
  }
}
