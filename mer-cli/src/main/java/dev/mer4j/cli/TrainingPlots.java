package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.eval.report.ReportWriter;
import dev.mer4j.eval.study.TrainingCurves;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Draws how a training run went, once its model is saved. */
final class TrainingPlots {
  private TrainingPlots() {}

  /** Writes the pictures into a folder; one that cannot be written is a warning. */
  static void write(Console console, Path folder, History history) {
    List<EpochRecord> epochs = history.epochs();
    TrainingCurves curves =
        new TrainingCurves(
            numbers(epochs, epoch -> (double) epoch.epoch()),
            numbers(epochs, EpochRecord::loss),
            numbers(epochs, EpochRecord::validLoss),
            numbers(epochs, EpochRecord::validMacroF1));
    try {
      ReportWriter.write(folder, curves);
    } catch (FileException e) {
      console.note("the model is saved, but not the pictures: %s", e.getMessage());
    }
  }

  private static List<Double> numbers(
      List<EpochRecord> epochs, Function<EpochRecord, Double> number) {
    return epochs.stream().map(number).toList();
  }
}
