package dev.mer4j.data.source.dataset;

import dev.mer4j.data.source.SourceNote;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Writes notes. */
final class SourceNotes {
  private static final int SHOWN = 5;

  private SourceNotes() {}

  /** Returns a note; {@code %s} in the text stands for the count and the first names. */
  static SourceNote of(Collection<String> names, String text) {
    String shown = String.join(", ", names.stream().limit(SHOWN).toList());
    String more =
        names.size() > SHOWN
            ? String.format(Locale.ROOT, " and %,d more", names.size() - SHOWN)
            : "";
    String counted = String.format(Locale.ROOT, "%,d (%s%s)", names.size(), shown, more);
    return new SourceNote(List.copyOf(names), text.replace("%s", counted));
  }
}
