package dev.mer4j.data.source.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table of segments hold what.
 *
 * @param labels the columns of labels, or a single one with the name of each segment's label; empty
 *     for the emotions of CMU-MOSEI
 * @param group the column of what must not be split between folds; null for the video
 * @param positive which numbers of the label columns mean that the label is present; null to keep
 *     the numbers as scores
 */
public record TableColumns(
    List<String> labels, @Nullable String group, @Nullable PositiveRule positive) {
  /** The emotions of CMU-MOSEI, by video. */
  public static final TableColumns DEFAULT = new TableColumns(List.of(), null, null);

  public TableColumns {
    labels = List.copyOf(labels);
  }
}
