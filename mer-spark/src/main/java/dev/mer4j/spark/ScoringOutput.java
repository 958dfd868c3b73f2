package dev.mer4j.spark;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tasks return.
 *
 * @param columns that the model adds
 * @param kept the names of the columns that are copied to the output; null for all
 * @param unread modalities that are not read, whose number of rows is a column
 * @param summary counts the segments; null to count none
 */
record ScoringOutput(
    OutputColumns columns,
    @Nullable List<String> kept,
    List<String> unread,
    @Nullable SummaryAccumulator summary)
    implements Serializable {
  ScoringOutput {
    kept = kept == null ? null : List.copyOf(kept);
    unread = List.copyOf(unread);
  }

  /** Returns the output of segments that are not rows. */
  static ScoringOutput of(OutputColumns columns, boolean keep, SummaryAccumulator summary) {
    return new ScoringOutput(columns, keep ? null : List.of(), List.of(), summary);
  }
}
