package dev.mer4j.spark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.MerException;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.StoreInfo;
import dev.mer4j.file.OutputFile;
import dev.mer4j.train.cluster.Cluster;
import dev.mer4j.train.cluster.ScoreJob;
import dev.mer4j.train.cluster.ScoreResult;
import dev.mer4j.train.sweep.TrialExecutor;
import dev.mer4j.train.sweep.TrialRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A session of Spark. */
final class SparkCluster implements Cluster {
  /** The description of prepared Parquet files, which Spark does not take for a file of rows. */
  static final String INFO = "_info.json";

  private final SparkSession session;
  private final JavaSparkContext context;

  SparkCluster(SparkSession session) {
    this.session = session;
    context = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @Override
  public ScoreResult score(ScoreJob job) {
    return run(() -> new ScoringJob(session, job).run());
  }

  @Override
  public StoreInfo prepare(PreparationFactory data, OutputFile output) {
    return run(
        () -> {
          PreparationTasks tasks = new PreparationTasks(context, data);
          tasks.preparation().require(output);
          try (ShardJob job = new ShardJob(tasks, output.path())) {
            return tasks.preparation().sharded().merge(job::start, output);
          }
        });
  }

  @Override
  public StoreInfo prepareParquet(PreparationFactory data, Path output) {
    return run(
        () -> {
          PartFolder folder = new PartFolder(output);
          PreparationTasks tasks = new PreparationTasks(context, data);
          List<VideoRange> ranges = tasks.ranges(tasks.preparation().videos().size());
          AtomicReference<StoreInfo> written = new AtomicReference<>();
          try (TaskFiles statistics = TaskFiles.beside(output)) {
            folder.writeParquet(
                PreparedRows.of(session, tasks, ranges, statistics.folder()),
                part -> {
                  StoreInfo info = tasks.preparation().sharded().describe(statistics.files(ranges));
                  Files.write(part.resolve(INFO), new JsonMapper().writeValueAsBytes(info));
                  written.set(info);
                });
          }
          return written.get();
        });
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

  static MerException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new MerException("interrupted while waiting for a task", e);
  }

  @Override
  public void close() {
    session.stop();
  }
}
