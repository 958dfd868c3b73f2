package dev.mer4j.data.source.dataset;

import dev.mer4j.ConfigException;
import java.util.Objects;

/**
 * The options for reading data sets of arrays.
 *
 * @param trimZeroRows whether rows of zeros at the start and the end of a segment are padding
 * @param splits whether to use the splits of the files
 * @param columns the columns of a table of segments
 * @param minConfidence from 0 to 1: rows of tables whose column {@code confidence} is lower are
 *     dropped, as are those of confidence 0
 */
public record ArrayOptions(
    boolean trimZeroRows, boolean splits, TableColumns columns, double minConfidence) {
  /** Keeps rows of zeros, and the splits. */
  public static final ArrayOptions DEFAULT = new ArrayOptions(false, true);

  /**
   * Checks the options.
   *
   * @throws ConfigException if the confidence is not in [0, 1]
   */
  public ArrayOptions {
    Objects.requireNonNull(columns);
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      throw new ConfigException("the minimum confidence must be in [0, 1]: " + minConfidence);
    }
  }

  /** Keeps rows of any confidence above 0. */
  public ArrayOptions(boolean trimZeroRows, boolean splits, TableColumns columns) {
    this(trimZeroRows, splits, columns, 0);
  }

  /** Uses the default columns. */
  public ArrayOptions(boolean trimZeroRows, boolean splits) {
    this(trimZeroRows, splits, TableColumns.DEFAULT);
  }
}
