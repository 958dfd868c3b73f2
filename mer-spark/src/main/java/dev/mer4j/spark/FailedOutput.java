package dev.mer4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;

/**
 * Deletes the output of a failed job. Other tasks run until they notice that they were canceled,
 * and one that creates a file creates its folder as well.
 */
final class FailedOutput {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final int POLL_MILLIS = 10;

  private FailedOutput() {}

  /** Deletes a folder until it stays deleted, for a limited time. An interrupt ends the wait. */
  static void delete(Path folder, SparkContext context) {
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < PATIENCE_NANOS && isRunning(context)) {
        Thread.sleep(POLL_MILLIS);
      }
      deleteQuietly(folder);
      long seen = System.nanoTime();
      while (System.nanoTime() - start < 2 * PATIENCE_NANOS
          && System.nanoTime() - seen < QUIET_NANOS) {
        Thread.sleep(POLL_MILLIS);
        if (Files.exists(folder)) {
          seen = System.nanoTime();
          deleteQuietly(folder);
        }
      }
    } catch (InterruptedException e) {
      deleteQuietly(folder);
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isRunning(SparkContext context) {
    try {
      return !context.isStopped()
          && Arrays.stream(context.statusTracker().getExecutorInfos())
              .mapToInt(SparkExecutorInfo::numRunningTasks)
              .anyMatch(tasks -> tasks > 0);
    } catch (RuntimeException e) { // of Spark, if it is stopped meanwhile
      return false;
    }
  }

  private static void deleteQuietly(Path folder) {
    try {
      FolderSwap.delete(folder);
    } catch (IOException | UncheckedIOException e) {
      // The failure of the job is thrown.
    }
  }
}
