package dev.mer4j.data.source.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table of segments.
 *
 * @param labels the columns of labels, or a single one with the name of each segment's label; empty
 *     for the emotions of CMU-MOSEI
 * @param group the column of the groups, which splits must not share; null for the video
 * @param positive the numbers of the label columns that mean that the label is present; null to
 *     keep the numbers as scores
 */
public record TableColumns(
    List<String> labels, @Nullable String group, @Nullable PositiveRule positive) {
  /** The emotions of CMU-MOSEI, by video. */
  public static final TableColumns DEFAULT = new TableColumns(List.of(), null, null);

  public TableColumns {
    labels = List.copyOf(labels);
  }
}
