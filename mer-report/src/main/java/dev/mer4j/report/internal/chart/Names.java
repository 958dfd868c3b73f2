package dev.mer4j.report.internal.chart;

import java.util.List;

/**
 * Names of groups or columns, side by side; upward where they are too long for their room.
 *
 * @param vertical whether they read upward
 * @param height how much more room they take than one line
 */
record Names(List<String> names, boolean vertical, double height) {
  /** Width of a character, as a share of its size. */
  private static final double CHARACTER = 0.56;

  private static final int LONGEST = 20;

  /**
   * Decides how to write names.
   *
   * @param room of each
   * @param size of the text
   */
  static Names of(List<String> names, double room, double size) {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    if (CHARACTER * size * longest <= room + 2) {
      return new Names(List.copyOf(names), false, 0);
    }
    List<String> shown = names.stream().map(name -> shown(name, LONGEST)).toList();
    double length = CHARACTER * size * Math.min(longest, LONGEST);
    return new Names(shown, true, length);
  }

  /** Returns a name, or its start and an ellipsis. */
  static String shown(String name, int most) {
    return name.length() <= most ? name : name.substring(0, most - 1) + "\u2026";
  }

  /** Returns the size in which a text fits into its room: at most the one given. */
  static double fitting(String text, double room, double most) {
    return Math.min(most, room / (CHARACTER * Math.max(1, text.length())));
  }
}
