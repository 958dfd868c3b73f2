package dev.mer4j.data.source.dataset;

import java.util.Objects;

/**
 * The options for reading data sets of arrays.
 *
 * @param trimZeroRows whether rows of zeros at the start and the end of a segment are padding
 * @param splits whether to use the splits of the files
 * @param columns the columns of a table of segments
 */
public record ArrayOptions(boolean trimZeroRows, boolean splits, TableColumns columns) {
  /** Keeps rows of zeros, and the splits. */
  public static final ArrayOptions DEFAULT = new ArrayOptions(false, true);

  public ArrayOptions {
    Objects.requireNonNull(columns);
  }

  /** Uses the default columns. */
  public ArrayOptions(boolean trimZeroRows, boolean splits) {
    this(trimZeroRows, splits, TableColumns.DEFAULT);
  }
}
