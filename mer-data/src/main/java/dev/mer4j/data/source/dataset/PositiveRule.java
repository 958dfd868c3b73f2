package dev.mer4j.data.source.dataset;

import dev.mer4j.ConfigException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that mean that a label is present.
 *
 * @param operator {@code >}, {@code >=}, {@code <}, {@code <=} or {@code =}
 */
public record PositiveRule(String operator, double value) {
  private static final Pattern TEXT =
      Pattern.compile("\\s*(>=|<=|>|<|=)\\s*([-+]?\\d+(?:\\.\\d+)?)\\s*");

  /**
   * Reads a rule such as {@code > 0}.
   *
   * @throws ConfigException if the text is not a rule
   */
  public static PositiveRule parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigException(
          "'"
              + text
              + "' is not a rule for numbers: use >, >=, <, <= or = and a number, such as > 0");
    }
    return new PositiveRule(matcher.group(1), Double.parseDouble(matcher.group(2)));
  }

  boolean holds(double number) {
    return switch (operator) {
      case ">" -> number > value;
      case ">=" -> number >= value;
      case "<" -> number < value;
      case "<=" -> number <= value;
      default -> number == value;
    };
  }

  /** Returns the rule as it is read. */
  @Override
  public String toString() {
    return operator + " " + value;
  }
}
