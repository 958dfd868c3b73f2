package dev.mer4j.data.source.table;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as pandas writes them, such as {@code 0 days 00:00:01.500000}. */
final class Seconds {
  private static final Pattern NOTATION =
      Pattern.compile("(-?\\d{1,6}) days?(?: \\+?(\\d\\d):(\\d\\d):(\\d\\d(?:\\.\\d{1,9})?))?");

  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;

  private Seconds() {}

  /** Returns the seconds; empty if the text is no such duration. */
  static OptionalDouble parse(String text) {
    Matcher parts = NOTATION.matcher(text);
    if (!parts.matches()) {
      return OptionalDouble.empty();
    }
    double seconds = (double) DAY * Integer.parseInt(parts.group(1));
    if (parts.group(2) != null) {
      seconds +=
          HOUR * Integer.parseInt(parts.group(2))
              + MINUTE * Integer.parseInt(parts.group(3))
              + Double.parseDouble(parts.group(4));
    }
    return OptionalDouble.of(seconds);
  }
}
