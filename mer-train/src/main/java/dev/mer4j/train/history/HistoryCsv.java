package dev.mer4j.train.history;

import dev.mer4j.FileException;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Reads a history of epochs from CSV. */
final class HistoryCsv {
  private final Path file;
  private final List<String> lines;
  private final List<String> header;

  private HistoryCsv(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
    header = lines.isEmpty() ? List.of() : cells(0);
    for (String name : History.HEADER.strip().split(",", -1)) {
      if (!header.contains(name)) {
        throw new FileException(
            file, String.format(Locale.ROOT, "has no column '%s', only %s", name, header));
      }
    }
  }

  static List<EpochRecord> read(Path file) {
    try {
      HistoryCsv csv = new HistoryCsv(file, WholeFile.lines(file));
      return IntStream.range(1, csv.lines.size()).mapToObj(csv::epoch).toList();
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + IoReason.of(e), e);
    }
  }

  private EpochRecord epoch(int line) {
    return new EpochRecord(
        whole(line, "epoch"),
        whole(line, "steps"),
        whole(line, "skipped"),
        number(line, "loss"),
        number(line, "gradient_norm"),
        number(line, "clip_share"),
        number(line, "learning_rate"),
        number(line, "valid_loss"),
        number(line, "valid_macro_f1"),
        number(line, "seconds"));
  }

  private int whole(int line, String name) {
    double value = number(line, name);
    if (value != Math.rint(value)) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT, "line %d: expected a whole number in column '%s'", line + 1, name));
    }
    return (int) value;
  }

  private double number(int line, String name) {
    try {
      return Double.parseDouble(cells(line).get(header.indexOf(name)));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new FileException(
          file,
          String.format(Locale.ROOT, "line %d: expected a number in column '%s'", line + 1, name),
          e);
    }
  }

  private List<String> cells(int line) {
    return List.of(lines.get(line).split(",", -1));
  }
}
