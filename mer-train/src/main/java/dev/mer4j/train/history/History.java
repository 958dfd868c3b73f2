package dev.mer4j.train.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.FileException;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The records of a run's epochs, in order.
 *
 * @param epochs the records
 */
public record History(List<EpochRecord> epochs) {
  public static final History EMPTY = new History(List.of());

  static final String HEADER =
      "epoch,steps,skipped,loss,gradient_norm,clip_share,learning_rate,valid_loss,valid_macro_f1,"
          + "seconds\n";

  /** Identifies files of {@link #writeCsv} by their column names. */
  public static final FileMark CSV_MARK = FileMark.startsWith(HEADER);

  /** Identifies files of {@link #writeJsonLines} by their first line. */
  public static final FileMark JSON_LINES_MARK =
      FileMark.jsonLines("epoch", "steps", "validMacroF1");

  private static final ObjectMapper JSON = new ObjectMapper();

  public History {
    epochs = List.copyOf(epochs);
  }

  /** Returns this history with another epoch appended. */
  public History with(EpochRecord epoch) {
    List<EpochRecord> longer = new ArrayList<>(epochs);
    longer.add(epoch);
    return new History(longer);
  }

  /**
   * Writes a CSV file with a header line and one line per epoch, with numbers in full precision.
   *
   * @throws FileException if the file cannot be written, or exists and is not a run's history
   */
  public void writeCsv(Path file) {
    OutputFile.of(file, CSV_MARK).write(HEADER + lines(History::csv));
  }

  /**
   * Writes one JSON object per line and epoch, with the fields of {@link EpochRecord}.
   *
   * @throws FileException if the file cannot be written, or exists and is not a run's history
   */
  public void writeJsonLines(Path file) {
    OutputFile.of(file, JSON_LINES_MARK).write(lines(History::json));
  }

  /**
   * Reads a file of {@link #writeCsv}, with columns in any order.
   *
   * @throws FileException if the file cannot be read, lacks a column or a cell, or has a cell that
   *     is not a number
   */
  public static History readCsv(Path file) {
    return new History(HistoryCsv.read(file));
  }

  private String lines(Function<EpochRecord, String> line) {
    return epochs.stream().map(line.andThen(text -> text + "\n")).collect(Collectors.joining());
  }

  private static String csv(EpochRecord e) {
    return Stream.of(
            e.epoch(),
            e.steps(),
            e.skipped(),
            e.loss(),
            e.gradientNorm(),
            e.clipShare(),
            e.learningRate(),
            e.validLoss(),
            e.validMacroF1(),
            e.seconds())
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static String json(EpochRecord epoch) {
    try {
      return JSON.writeValueAsString(epoch);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
