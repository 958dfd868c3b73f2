package dev.mer4j.spark;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;

/**
 * The tasks of an application. After a failed job, other tasks run until they notice that they were
 * canceled, and one that creates a file creates its folder as well.
 */
final class RunningTasks {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int POLL_MILLIS = 10;

  private RunningTasks() {}

  /** Waits until no task runs, for a limited time. An interrupt ends the wait. */
  static void await(SparkContext context) {
    long start = System.nanoTime();
    try {
      while (!context.isStopped()
          && count(context) > 0
          && System.nanoTime() - start < PATIENCE_NANOS) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int count(SparkContext context) {
    try {
      return Arrays.stream(context.statusTracker().getExecutorInfos())
          .mapToInt(SparkExecutorInfo::numRunningTasks)
          .sum();
    } catch (RuntimeException e) { // of Spark, if it was stopped
      return 0;
    }
  }
}
