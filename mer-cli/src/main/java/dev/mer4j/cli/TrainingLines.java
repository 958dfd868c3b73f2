package dev.mer4j.cli;

import dev.mer4j.core.Thresholds;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.train.TrainingListener;
import dev.mer4j.train.TrainingRun;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints a line per epoch of a training run, with a progress bar in between. */
final class TrainingLines implements TrainingListener, AutoCloseable {
  private final Console console;
  private final LabelSet labels;
  private int epochs;
  private final TrainingProgress progress = new TrainingProgress();

  TrainingLines(Console console, LabelSet labels) {
    this.console = console;
    this.labels = labels;
  }

  @Override
  public void started(int epochs, History before) {
    this.epochs = epochs;
    progress.started(epochs, before);
  }

  @Override
  public void nothingToResume(Path folder) {
    console.note("nothing to resume: no checkpoint in %s; starting a new run", folder);
  }

  @Override
  public void resumed(Path file, int epoch, int step) {
    String steps = step == 0 ? "" : String.format(Locale.ROOT, " and step %d of the next", step);
    console.line("continuing after epoch %d%s, from %s", epoch, steps, file);
  }

  @Override
  public void featuresPlaced(String where) {
    console.line("%s", where);
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    progress.epochStarted();
  }

  @Override
  public void stepFinished(StepRecord step) {
    progress.stepped(step);
  }

  @Override
  public void stepSkipped(StepRecord step, List<SegmentId> segments) {
    console.note(
        "epoch %d, step %d skipped: loss %s, gradient norm %s; segments %s",
        step.epoch(), step.step(), step.loss(), step.gradientNorm(), segments);
  }

  @Override
  public void epochFinished(EpochRecord epoch, boolean best) {
    progress.epochFinished(epoch);
    console.line(
        "epoch %3d/%d  loss %.4f  valid macro-F1 %.3f%s  %.1f s",
        epoch.epoch(),
        epochs,
        epoch.loss(),
        epoch.validMacroF1(),
        best ? " *" : "  ",
        epoch.seconds());
  }

  @Override
  public void finished(TrainingRun run) {
    console.line(
        "best: epoch %d, valid macro-F1 %.3f%s",
        run.bestEpoch(),
        run.bestMacroF1(),
        run.thresholds().equals(Thresholds.half(labels.classCount()))
            ? ""
            : ", thresholds fitted on the validation split");
  }

  @Override
  public void close() {
    progress.close();
  }
}
