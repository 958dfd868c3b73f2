package dev.mer4j.eval.study;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a training run went, epoch by epoch.
 *
 * @param epochs from 1
 * @param loss the training loss, in nats; weighted and focused, if the run's is
 * @param validLoss cross-entropy on the validation split, in nats; neither
 * @param validMacroF1 on the validation split, in [0, 1]
 */
public record TrainingCurves(
    List<Double> epochs, List<Double> loss, List<Double> validLoss, List<Double> validMacroF1) {
  public TrainingCurves {
    epochs = List.copyOf(epochs);
    loss = List.copyOf(loss);
    validLoss = List.copyOf(validLoss);
    validMacroF1 = List.copyOf(validMacroF1);
  }

  /**
   * Reads the columns {@code epoch}, {@code loss}, {@code valid_loss} and {@code valid_macro_f1} of
   * a run's history.
   *
   * @throws FileException if the file cannot be read, lacks a column or holds something else than
   *     numbers
   */
  public static TrainingCurves read(Path history) {
    List<String> lines;
    try {
      lines = Files.readAllLines(history);
    } catch (IOException e) {
      throw new FileException(history, "cannot be read: " + e.getMessage(), e);
    }
    List<String> header = lines.isEmpty() ? List.of() : columns(lines.get(0));
    List<List<Double>> wanted = new ArrayList<>();
    for (String name : List.of("epoch", "loss", "valid_loss", "valid_macro_f1")) {
      int column = header.indexOf(name);
      if (column < 0) {
        throw new FileException(
            history, String.format(Locale.ROOT, "has no column '%s', only %s", name, header));
      }
      List<Double> values = new ArrayList<>();
      for (int line = 1; line < lines.size(); line++) {
        values.add(number(history, line, columns(lines.get(line)), column));
      }
      wanted.add(values);
    }
    return new TrainingCurves(wanted.get(0), wanted.get(1), wanted.get(2), wanted.get(3));
  }

  private static double number(Path history, int line, List<String> cells, int column) {
    try {
      return Double.parseDouble(cells.get(column));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new FileException(
          history,
          String.format(
              Locale.ROOT, "line %d: expected a number in column %d", line + 1, column + 1),
          e);
    }
  }

  private static List<String> columns(String line) {
    return Arrays.asList(line.split(",", -1));
  }
}
