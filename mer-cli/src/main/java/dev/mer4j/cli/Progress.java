package dev.mer4j.cli;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar on standard error that tells how far a piece of work has come, how long it has taken, how
 * long it will still take, and how fast it is, if a person is watching and it takes longer than a
 * moment.
 */
final class Progress implements AutoCloseable {
  /** Set by the launcher, which can tell whether standard error is a terminal; Java cannot. */
  static final String WATCHED = "mer.watched";

  private static final long MOMENT_NANOS = 2_000_000_000L;

  private final String task;
  private final String unit;
  private final boolean watched = Boolean.getBoolean(WATCHED);
  private final long began = System.nanoTime();
  private @Nullable ProgressBar bar;

  /**
   * Begins.
   *
   * @param unit what is counted, in the plural
   */
  Progress(String task, String unit) {
    this.task = task;
    this.unit = unit;
  }

  void update(int done, int total) {
    long elapsed = System.nanoTime() - began;
    if (watched && bar == null && elapsed > MOMENT_NANOS) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .startsFrom(done, Duration.ofNanos(elapsed))
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setUnit(" " + unit, 1)
              .showSpeed()
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .clearDisplayOnFinish()
              .build();
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null; // Closed twice, it would draw itself once more.
    }
  }
}
