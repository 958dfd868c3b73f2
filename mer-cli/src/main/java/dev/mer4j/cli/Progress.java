package dev.mer4j.cli;

import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on standard error with elapsed time, remaining time and rate. It is shown only on
 * a terminal, and only for work that takes longer than a moment.
 */
final class Progress implements AutoCloseable {
  /** System property that the launcher sets if standard error is a terminal. */
  static final String WATCHED = "mer.watched";

  private static final long MOMENT_NANOS = 2_000_000_000L;

  private final String task;
  private final String unit;
  private final boolean watched = Boolean.getBoolean(WATCHED);
  private final long began = System.nanoTime();
  private String description = "";
  private int first = -1;
  private @Nullable ProgressBar bar;

  /**
   * Starts a progress bar.
   *
   * @param unit the counted items, in the plural
   */
  Progress(String task, String unit) {
    this.task = task;
    this.unit = unit;
  }

  /** Sets the message beside the bar. */
  void describe(String text) {
    description = text;
  }

  void update(int done, int total) {
    first = first < 0 ? done - 1 : first;
    if (watched && bar == null && System.nanoTime() - began > MOMENT_NANOS) {
      bar = open(total);
    }
    if (bar != null) {
      bar.setExtraMessage(description);
      bar.stepTo(done);
    }
  }

  private ProgressBar open(int total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .startsFrom(0, elapsed())
        .setEtaFunction(this::left)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setUnit(" " + unit, 1)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .clearDisplayOnFinish()
        .build();
  }

  /** Estimates from the rate of this process only, because a resumed run starts in the middle. */
  private Optional<Duration> left(ProgressState state) {
    long done = state.getCurrent() - first;
    double share = (double) (state.getMax() - state.getCurrent()) / done;
    return Optional.of(Duration.ofMillis(Math.round(share * elapsed().toMillis())));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Hides the bar until the next update. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null; // Closing it twice would draw it again.
    }
  }
}
