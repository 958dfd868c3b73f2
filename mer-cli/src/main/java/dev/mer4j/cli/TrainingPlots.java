package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.eval.study.TrainingCurves;
import dev.mer4j.report.ReportWriter;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Draws the learning curves of a training run after its model is saved. */
final class TrainingPlots {
  private TrainingPlots() {}

  /** Writes the charts to a folder; a failure is a warning. */
  static void write(Console console, Path folder, History history) {
    try {
      ReportWriter.write(folder, curves(history));
    } catch (FileException e) {
      console.note("the model is saved, but the charts are not: %s", e.getMessage());
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
