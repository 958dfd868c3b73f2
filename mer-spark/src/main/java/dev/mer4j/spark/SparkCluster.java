package dev.mer4j.spark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.MerException;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.StoreInfo;
import dev.mer4j.data.store.StorePart;
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
    return runJob(() -> new ScoringJob(session, job).run());
  }

  @Override
  public StoreInfo prepare(PreparationFactory data, OutputFile output) {
    return runJob(
        () -> {
          PreparationTasks tasks = new PreparationTasks(context, data);
          tasks.preparation().require(output);
          try (ShardJob job = new ShardJob(tasks, output)) {
            return tasks.preparation().sharded().merge(job::start, job.records(), output);
          }
        });
  }

  @Override
  public StoreInfo prepareParquet(PreparationFactory data, Path output) {
    return runJob(
        () -> {
          PartFolder folder = new PartFolder(output, PartFolder.Content.SEGMENTS);
          PreparationTasks tasks = new PreparationTasks(context, data);
          List<StorePart> parts = tasks.parts();
          AtomicReference<StoreInfo> written = new AtomicReference<>();
          try (TaskFiles statistics = TaskFiles.beside(output)) {
            folder.writeParquet(
                PreparedRows.of(session, tasks, parts, statistics.folder()),
                part -> {
                  StoreInfo info = tasks.preparation().sharded().describe(statistics.files(parts));
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

  /** Runs a job as {@link #run}; one that fails because a signal stopped Spark says so. */
  private <T> T runJob(Supplier<T> job) {
    return run(
        () -> {
          try {
            return job.get();
          } catch (MerException e) {
            throw e;
          } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
            if (context.sc().isStopped()) {
              throw new MerException("Spark was stopped before the job ended", e);
            }
            throw e;
          }
        });
  }

  /** Runs a job; an error of mer4j in a task is thrown as it is. */
  static <T> T run(Supplier<T> job) {
    return run("Spark", job);
  }

  /**
   * Calls Spark.
   *
   * @param what the first words of the message of an error of Spark
   * @throws MerException also if the thread is interrupted, whose flag is kept
   */
  static <T> T run(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (MerException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
      if (e instanceof InterruptedException interrupted) {
        throw interrupted(interrupted);
      }
      throw failure(what, e);
    }
  }

  static MerException failure(Throwable failure) {
    return failure("Spark", failure);
  }

  private static MerException failure(String what, Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MerException own) {
        return own;
      }
      root = cause;
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return new MerException(what + ": " + message.lines().findFirst().orElse(message), failure);
  }

  static MerException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new MerException("interrupted while waiting for Spark", e);
  }

  @Override
  public void close() {
    session.stop();
  }
}
