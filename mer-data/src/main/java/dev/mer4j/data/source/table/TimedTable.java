package dev.mer4j.data.source.table;

import dev.mer4j.FileException;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rows of features with their times: what OpenFace 2 writes, openSMILE's CSV and ARFF, or any table
 * with a column {@code timestamp}, {@code frameTime} or {@code time}, or columns {@code start} and
 * {@code end}, in seconds or as durations of pandas.
 *
 * <p>A row with one time is an instant. Columns such as {@code frame}, {@code confidence} and
 * {@code name}, and columns without a name, such as pandas' row numbers, are omitted from the
 * features.
 *
 * @param failed the number of rows dropped because their column {@code success} or {@code
 *     confidence} is 0, or their confidence is below a minimum
 */
public record TimedTable(CsdEntry rows, int failed) {
  private static final Set<String> NO_FEATURES =
      Set.of("frame", "face_id", "confidence", "success", "name", "file", "frameindex", "class");

  /** A column without a name, as it is and as pandas calls it. */
  private static final Pattern UNNAMED = Pattern.compile("(unnamed: \\d+)?");

  private static final String CONFIDENCE = "confidence";

  static final String[] INSTANTS = {"timestamp", "frameTime", "time"};

  private static final Set<String> TIMES = Set.of("timestamp", "frametime", "time", "start", "end");

  /** Returns whether a file is such a table. */
  public static boolean fits(Path file) {
    try (TextTable table = TextTable.open(file)) {
      boolean interval = table.column("start") >= 0 && table.column("end") >= 0;
      return interval || table.column(INSTANTS) >= 0;
    } catch (FileException e) {
      return false;
    }
  }

  /**
   * Reads a table.
   *
   * @param video the video of the rows
   * @param minConfidence drops rows with less in the column {@code confidence}
   * @throws FileException if it has no times or no features, a value is not a number, or there are
   *     rows of several faces at one time
   */
  public static TimedTable read(Path file, String video, double minConfidence) {
    try (TextTable table = TextTable.open(file)) {
      int instant = table.column(INSTANTS);
      int start = instant < 0 ? table.column("start") : instant;
      int end = instant < 0 ? table.column("end") : instant;
      if (start < 0 || end < 0) {
        throw new FileException(
            file,
            "has no column timestamp, frameTime or time, nor start and end; its first columns are "
                + table.columns().stream().limit(8).toList());
      }
      return read(table, video, start, end, minConfidence);
    }
  }

  /**
   * Reads all rows of a table, whether it has times or not. Columns of times are not features.
   *
   * @param segment the segment of the rows
   * @param minConfidence drops rows with less in the column {@code confidence}
   * @throws FileException if it has no features, or a value is not a number
   */
  public static TimedTable readAll(Path file, String segment, double minConfidence) {
    try (TextTable table = TextTable.open(file)) {
      return read(table, segment, -1, -1, minConfidence);
    }
  }

  /** Returns whether a file is a table of at least two columns. */
  public static boolean isTable(Path file) {
    try (TextTable table = TextTable.open(file)) {
      return table.columns().size() > 1;
    } catch (FileException e) {
      return false;
    }
  }

  /** Returns whether a file is a table with the column {@code confidence}. */
  public static boolean hasConfidence(Path file) {
    try (TextTable table = TextTable.open(file)) {
      return table.column(CONFIDENCE) >= 0;
    } catch (FileException e) {
      return false;
    }
  }

  private static TimedTable read(
      TextTable table, String name, int start, int end, double minConfidence) {
    int[] features = features(table);
    int success = table.column("success");
    int confidence = table.column(CONFIDENCE);
    FaceCheck faces = new FaceCheck(table);
    Numbers times = new Numbers();
    Numbers values = new Numbers();
    int failed = 0;
    for (List<String> row = table.next(); row != null; row = table.next()) {
      if (isZero(table, row, success)
          || isZero(table, row, confidence)
          || isBelow(table, row, confidence, minConfidence)) {
        failed++;
        continue;
      }
      faces.check(row);
      times.add(start < 0 ? 0 : time(table, row, start));
      times.add(end < 0 ? 0 : time(table, row, end));
      for (int column : features) {
        values.add(table.number(row, column));
      }
    }
    Rows rows = new Rows.Doubles(features.length, values.toArray());
    return new TimedTable(new CsdEntry(name, times.toArray(), rows), failed);
  }

  private static boolean isZero(TextTable table, List<String> row, int column) {
    return column >= 0 && table.number(row, column) == 0;
  }

  /** Returns whether a number is missing or lower; never if there is no minimum. */
  private static boolean isBelow(TextTable table, List<String> row, int column, double minimum) {
    return column >= 0 && minimum > 0 && !(table.number(row, column) >= minimum);
  }

  private static double time(TextTable table, List<String> row, int column) {
    OptionalDouble duration = Seconds.parse(row.get(column));
    double time = duration.isPresent() ? duration.getAsDouble() : table.number(row, column);
    if (!Double.isFinite(time)) {
      throw new FileException(
          table.file(),
          String.format(
              Locale.ROOT,
              "line %d, column '%s' is '%s', expected seconds",
              table.line(),
              table.columns().get(column),
              row.get(column)));
    }
    return time;
  }

  private static int[] features(TextTable table) {
    List<Integer> columns = new ArrayList<>();
    for (int c = 0; c < table.columns().size(); c++) {
      String name = table.columns().get(c).toLowerCase(Locale.ROOT);
      if (!TIMES.contains(name)
          && !NO_FEATURES.contains(name)
          && !UNNAMED.matcher(name).matches()) {
        columns.add(c);
      }
    }
    if (columns.isEmpty()) {
      throw new FileException(table.file(), "has no columns of features: " + table.columns());
    }
    return columns.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A growing array. */
  private static final class Numbers {
    private double[] values = new double[1 << 10];
    private int count;

    void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    double[] toArray() {
      return Arrays.copyOf(values, count);
    }
  }
}
