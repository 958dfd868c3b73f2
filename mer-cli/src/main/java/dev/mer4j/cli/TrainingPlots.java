package dev.mer4j.cli;

import dev.mer4j.eval.study.TrainingCurves;
import dev.mer4j.report.ReportWriter;
import dev.mer4j.train.Ending;
import dev.mer4j.train.TrainingListener;
import dev.mer4j.train.TrainingRun;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Draws how a training run went, once it is over. Not one that is interrupted: the JVM may be about
 * to end, and Java's graphics do not start in one that is.
 *
 * @param folder where the pictures go
 */
record TrainingPlots(Path folder) implements TrainingListener {
  @Override
  public void finished(TrainingRun run) {
    if (run.ending() != Ending.CANCELLED) {
      ReportWriter.write(folder, curves(run.history()));
    }
  }

  static TrainingCurves curves(History history) {
    return new TrainingCurves(
        numbers(history, epoch -> (double) epoch.epoch()),
        numbers(history, EpochRecord::loss),
        numbers(history, EpochRecord::validLoss),
        numbers(history, EpochRecord::validMacroF1));
  }

  private static List<Double> numbers(History history, Function<EpochRecord, Double> number) {
    return history.epochs().stream().map(number).toList();
  }
}
