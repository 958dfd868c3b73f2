package dev.mer4j.cli;

import dev.mer4j.MerException;
import dev.mer4j.train.experiment.Trial;
import dev.mer4j.train.experiment.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several settings with several seeds, each a training run in a process and a folder of its own.
 * Repeating it finishes what was interrupted and leaves alone what is done.
 *
 * @param settings the first is what the others are compared with
 * @param seeds of every setting
 * @param processes how many at once
 * @param runs how one of them is done
 */
record Sweep(List<SweepSetting> settings, List<Long> seeds, int processes, SweepRuns runs) {
  /** Does all runs, and tells what they came to. */
  void run(Console console) {
    tell(console, trials());
  }

  private Trials trials() {
    settings.forEach(SweepSetting::writeOnce);
    ExecutorService workers = Executors.newFixedThreadPool(processes);
    try (Subprocesses subprocesses = new Subprocesses();
        Progress progress = new Progress("sweep", "runs")) {
      AtomicInteger done = new AtomicInteger();
      List<Callable<Trial>> waiting = new ArrayList<>();
      for (long seed : seeds) {
        for (SweepSetting setting : settings) {
          waiting.add(
              () -> {
                Trial trial = runs.run(setting, seed, subprocesses);
                progress.update(done.incrementAndGet(), seeds.size() * settings.size());
                return trial;
              });
        }
      }
      List<Trial> trials = new ArrayList<>();
      for (Future<Trial> run : workers.invokeAll(waiting)) {
        trials.add(run.get());
      }
      return new Trials(trials);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MerException ours ? ours : new MerException("" + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MerException("interrupted; run the command again to go on", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static void tell(Console console, Trials trials) {
    if (trials.settings().size() == 1) {
      console.text(SweepTable.bySeed(trials).toText() + "\n");
    } else {
      console.text(SweepTable.bySetting(trials).toText() + "\n");
      console.line("mean ± standard deviation; in brackets: the mean paired difference from");
      console.line("%s, and its 95 %% confidence interval", trials.settings().get(0));
    }
  }
}
