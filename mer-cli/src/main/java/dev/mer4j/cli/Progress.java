package dev.mer4j.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar on standard error that tells how far a piece of work has come, if a person is watching and
 * it takes longer than a moment.
 */
final class Progress implements AutoCloseable {
  /** Set by the launcher, which can tell whether standard error is a terminal; Java cannot. */
  static final String WATCHED = "mer.watched";

  private static final long MOMENT_NANOS = 2_000_000_000L;

  private final String task;
  private final boolean watched = Boolean.getBoolean(WATCHED);
  private final long began = System.nanoTime();
  private @Nullable ProgressBar bar;

  Progress(String task) {
    this.task = task;
  }

  void update(int done, int total) {
    if (watched && bar == null && System.nanoTime() - began > MOMENT_NANOS) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
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
