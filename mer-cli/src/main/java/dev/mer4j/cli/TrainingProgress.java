package dev.mer4j.cli;

import dev.mer4j.train.TrainingListener.StepRecord;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.util.Locale;

/**
 * A progress bar over all steps of a training run, with the current epoch's mean loss, the last
 * epoch's macro-F1, and the remaining time.
 */
final class TrainingProgress implements AutoCloseable {
  private final Progress bar = new Progress("training", "steps");
  private int epochs;
  private int steps;
  private double loss;
  private String macroF1 = "";

  void started(int all, History before) {
    epochs = all;
    before.epochs().forEach(this::validated);
  }

  void epochStarted() {
    steps = 0;
    loss = 0;
  }

  void stepped(StepRecord step) {
    steps++;
    loss += step.loss();
    bar.describe(
        String.format(
            Locale.ROOT, "epoch %d/%d, loss %.3f%s", step.epoch(), epochs, loss / steps, macroF1));
    int before = (step.epoch() - 1) * step.steps();
    bar.update(before + step.step(), epochs * step.steps());
  }

  /** Hides the bar until the next step, to print a line. */
  void epochFinished(EpochRecord epoch) {
    validated(epoch);
    bar.close();
  }

  private void validated(EpochRecord epoch) {
    macroF1 = String.format(Locale.ROOT, ", valid macro-F1 %.3f", epoch.validMacroF1());
  }

  @Override
  public void close() {
    bar.close();
  }
}
