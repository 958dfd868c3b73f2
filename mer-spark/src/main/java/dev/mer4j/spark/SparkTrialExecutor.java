package dev.mer4j.spark;

import dev.mer4j.train.Cancellation;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.sweep.TrialExecutor;
import dev.mer4j.train.sweep.TrialRunner;
import dev.mer4j.train.sweep.TrialTask;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Trains each trial of a sweep in a task of Spark. The folders of trials are on a file system that
 * all executors share; a task that is retried, also on another executor, resumes from the trial's
 * checkpoint.
 */
public final class SparkTrialExecutor implements TrialExecutor {
  private static final int POLL_MILLIS = 200;

  private final JavaSparkContext context;
  private final TrialExecutor driver;
  private final TrialRunner runner;

  /**
   * Creates an executor.
   *
   * @param driver computes the fingerprints, in this process
   * @param runner trains, on the executors
   */
  public SparkTrialExecutor(JavaSparkContext context, TrialExecutor driver, TrialRunner runner) {
    this.context = context;
    this.driver = driver;
    this.runner = runner;
  }

  @Override
  public Fingerprint fingerprint(TrialTask task) {
    return driver.fingerprint(task);
  }

  @Override
  public boolean train(TrialTask task, Cancellation cancellation) throws InterruptedException {
    context.sc().setJobDescription(task.setting() + ", seed " + task.seed());
    context.sc().setInterruptOnCancel(true);
    JavaFutureAction<List<Boolean>> trained =
        context.parallelize(List.of(task), 1).map(new Training(runner)).collectAsync();
    try {
      while (true) {
        if (cancellation.isCancelled()) {
          trained.cancel(true);
          return false;
        }
        try {
          return trained.get(POLL_MILLIS, TimeUnit.MILLISECONDS).get(0);
        } catch (TimeoutException e) {
          // Not trained yet.
        }
      }
    } catch (ExecutionException | CancellationException e) {
      throw SparkCluster.failure(e);
    } catch (InterruptedException e) {
      trained.cancel(true);
      throw e;
    }
  }

  /** Trains in a task. */
  private record Training(TrialRunner runner) implements Function<TrialTask, Boolean> {
    @Override
    public Boolean call(TrialTask task) {
      return runner.train(task, Math.max(1, TaskContext.get().cpus()));
    }
  }
}
