package dev.mer4j.data.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts omissions of one kind; keeps the first names and the first reason. */
final class OmissionCounts {
  private static final int KEPT = 20;
  private static final int SHOWN = 5;

  private final List<String> names = new ArrayList<>();
  private int count;
  private @Nullable String first;

  /** Returns the counts of all names, without a reason. */
  static OmissionCounts of(Collection<String> names) {
    OmissionCounts counts = new OmissionCounts();
    names.forEach(name -> counts.add(name, ""));
    return counts;
  }

  /**
   * Counts an item. Control characters in its name are replaced, because names are printed to
   * terminals.
   */
  void add(String name, String reason) {
    first = first == null ? printable(reason) : first;
    if (names.size() < KEPT) {
      names.add(printable(name));
    }
    count++;
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "\ufffd");
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** Returns the reason of the first omission. */
  String first() {
    return first == null ? "" : first;
  }

  /** Returns the count and the first names, such as {@code 7 (a, b, c, d, e and 2 more)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d (%s)", count, shown());
  }

  private String shown() {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return count > SHOWN
        ? String.format(Locale.ROOT, "%s and %,d more", shown, count - SHOWN)
        : shown;
  }

  /** Returns the omission; {@code %s} in the text is replaced by the count and the names. */
  Omission omission(Omission.Kind kind, String text) {
    return new Omission(kind, count, names, text.replace("%s", toString()));
  }
}
