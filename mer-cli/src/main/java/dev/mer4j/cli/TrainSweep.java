package dev.mer4j.cli;

import dev.mer4j.MerException;
import dev.mer4j.train.cluster.Cluster;
import dev.mer4j.train.sweep.Sweep;
import dev.mer4j.train.sweep.SweepListener;
import dev.mer4j.train.sweep.Trial;
import dev.mer4j.train.sweep.TrialScorer;
import dev.mer4j.train.sweep.Trials;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sweep of {@code mer train}: trains in subprocesses or on a cluster, and prints a table.
 *
 * @param settings the settings; the others are compared with the first
 * @param firstSeed the first of {@code seeds} consecutive seeds
 * @param test whether to score on the test split
 */
record TrainSweep(
    List<SweepSetting> settings, long firstSeed, int seeds, boolean test, Execution execution) {
  /**
   * Where the trials run.
   *
   * @param processes the number of concurrent runs on this machine
   * @param stepLog whether to write a line per step
   * @param spark the cluster that runs them, if it is given
   */
  record Execution(int processes, boolean stepLog, ClusterOption spark) {}

  /** Runs all trials and prints their scores. */
  void run(Console console) {
    settings.forEach(SweepSetting::writeOnce);
    Trials trials = trials();
    if (Thread.currentThread().isInterrupted()) {
      throw new MerException("interrupted; run the command again to continue");
    }
    print(console, trials);
  }

  private Trials trials() {
    Map<String, SweepSetting> byName = new LinkedHashMap<>();
    settings.forEach(setting -> byName.put(setting.name(), setting));
    try (Subprocesses subprocesses = new Subprocesses()) {
      ProcessExecutor local = new ProcessExecutor(byName, execution.stepLog(), subprocesses);
      Sweep.Builder sweep =
          Sweep.builder()
              .seeds(firstSeed, seeds)
              .scorer(test ? new SweepScorer(byName) : TrialScorer.VALID_MACRO_F1);
      if (!execution.spark().isGiven()) {
        byName.forEach((name, setting) -> sweep.setting(name, setting.folder().root()));
        return run(sweep.executor(local).parallel(execution.processes()));
      }
      byName.forEach(
          (name, setting) -> sweep.setting(name, setting.folder().root().toAbsolutePath()));
      try (Interruption interruption = new Interruption();
          Cluster cluster = execution.spark().connect()) {
        TrialCommands commands = TrialCommands.of(byName, execution.stepLog());
        return run(
            sweep
                .executor(cluster.trials(local, commands))
                .cancellation(interruption.cancellation())
                .parallel(seeds * settings.size()));
      }
    }
  }

  private Trials run(Sweep.Builder sweep) {
    try (Progress progress = new Progress("sweep", "runs")) {
      return sweep.listener(new Counter(progress, seeds * settings.size())).build().run();
    }
  }

  /** Shows the number of finished trials. */
  private static final class Counter implements SweepListener {
    private final Progress progress;
    private final int trials;
    private int done;

    Counter(Progress progress, int trials) {
      this.progress = progress;
      this.trials = trials;
    }

    @Override
    public void trialFound(Trial trial) {
      progress.update(++done, trials);
    }

    @Override
    public void trialFinished(Trial trial) {
      progress.update(++done, trials);
    }
  }

  private static void print(Console console, Trials trials) {
    if (trials.settings().size() == 1) {
      console.text(SweepTable.bySeed(trials).toText() + "\n");
    } else {
      console.text(SweepTable.bySetting(trials).toText() + "\n");
      console.line("mean ± standard deviation; in brackets: the mean paired difference from");
      console.line("%s, and its 95 %% confidence interval", trials.settings().get(0));
    }
  }
}
