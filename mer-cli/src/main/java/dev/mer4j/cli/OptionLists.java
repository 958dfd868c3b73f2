package dev.mer4j.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the names of given options, and the differences between options and others. */
final class OptionLists {
  private OptionLists() {}

  /** Adds the name of an option if it is given. */
  static void addIf(boolean given, String name, List<String> names) {
    if (given) {
      names.add(name);
    }
  }

  /** Adds a difference if there is one. */
  static void compare(
      String option, @Nullable Object own, @Nullable Object other, List<String> differences) {
    if (!String.valueOf(own).equals(String.valueOf(other))) {
      differences.add(
          String.format(
              Locale.ROOT,
              "%s is %s, not %s",
              option,
              own == null ? "absent" : own,
              other == null ? "absent" : other));
    }
  }
}
