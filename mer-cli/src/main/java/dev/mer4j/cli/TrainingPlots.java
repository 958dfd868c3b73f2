package dev.mer4j.cli;

import dev.mer4j.eval.study.TrainingCurves;
import dev.mer4j.report.ReportWriter;
import dev.mer4j.train.Ending;
import dev.mer4j.train.TrainingListener;
import dev.mer4j.train.TrainingRun;
import dev.mer4j.train.history.EpochRecord;
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
      List<EpochRecord> epochs = run.history().epochs();
      TrainingCurves curves =
          new TrainingCurves(
              numbers(epochs, epoch -> (double) epoch.epoch()),
              numbers(epochs, EpochRecord::loss),
              numbers(epochs, EpochRecord::validLoss),
              numbers(epochs, EpochRecord::validMacroF1));
      ReportWriter.write(folder, curves);
    }
  }

  private static List<Double> numbers(
      List<EpochRecord> epochs, Function<EpochRecord, Double> number) {
    return epochs.stream().map(number).toList();
  }
}
