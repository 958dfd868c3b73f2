package dev.mer4j.data.coverage;

import dev.mer4j.data.segment.SkippedItem;
import java.util.List;
import java.util.Locale;

/** Counts rows that were dropped, and what they belong to. */
final class RowCounts {
  private final OmissionCounts owners = new OmissionCounts();
  private long rows;

  void add(SkippedItem item) {
    owners.add(item.name(), item.problem());
    rows += item.rows();
  }

  /** Adds a sentence that starts with {@code text}, if there are any rows. */
  void addTo(List<Omission> omissions, Omission.Kind kind, String text) {
    if (!owners.isEmpty()) {
      omissions.add(
          owners.omission(kind, text + String.format(Locale.ROOT, ": %,d, of ", rows) + "%s"));
    }
  }
}
