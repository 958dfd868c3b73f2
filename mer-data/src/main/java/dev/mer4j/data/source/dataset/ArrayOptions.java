package dev.mer4j.data.source.dataset;

/**
 * How to read data sets of arrays.
 *
 * @param trimZeroRows whether rows of zeros at the start and the end of a segment are padding
 * @param splits whether the splits of the files count
 */
public record ArrayOptions(boolean trimZeroRows, boolean splits) {
  /** Keeps rows of zeros, and the splits. */
  public static final ArrayOptions DEFAULT = new ArrayOptions(false, true);
}
