package dev.mer4j.cli;

import dev.mer4j.data.SegmentId;
import dev.mer4j.train.TrainingListener;
import dev.mer4j.train.TrainingRun;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;

/** Tells a training run, a line per epoch. */
final class TrainingLines implements TrainingListener, AutoCloseable {
  private final Console console;
  private int epochs;
  private Progress progress = new Progress("epoch", "steps");

  TrainingLines(Console console) {
    this.console = console;
  }

  @Override
  public void started(int epochs, History before) {
    this.epochs = epochs;
  }

  @Override
  public void resumed(Path file, int epoch, int step) {
    String steps = step == 0 ? "" : " and step %d of the next".formatted(step);
    console.line("goes on after epoch %d%s, from %s", epoch, steps, file);
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    progress = new Progress("epoch %d/%d".formatted(epoch, epochs), "steps");
  }

  @Override
  public void stepped(StepRecord step) {
    progress.update(step.step(), step.steps());
  }

  @Override
  public void stepSkipped(StepRecord step, List<SegmentId> segments) {
    console.note(
        "epoch %d, step %d skipped: loss %s, gradient norm %s; segments %s",
        step.epoch(), step.step(), step.loss(), step.gradientNorm(), segments);
  }

  @Override
  public void epochFinished(EpochRecord epoch, boolean best) {
    progress.close();
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
        "best: epoch %d, valid macro-F1 %.3f, thresholds fitted on the validation split",
        run.bestEpoch(), run.bestMacroF1());
  }

  @Override
  public void close() {
    progress.close();
  }
}
