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
  private String description = "";
  private int first = -1;
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

  /** Says more beside the bar. */
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

  /** By the pace of what has been done here; a run that was resumed begins in the middle. */
  private Optional<Duration> left(ProgressState state) {
    long done = state.getCurrent() - first;
    double share = (double) (state.getMax() - state.getCurrent()) / done;
    return Optional.of(Duration.ofMillis(Math.round(share * elapsed().toMillis())));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Takes the bar away; another update brings it back. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null; // Closed twice, it would draw itself once more.
    }
  }
}
