package dev.mer4j.data.sanitize;

/**
 * Counts of the sanitized values of one modality.
 *
 * @param segments the number of segments
 * @param touched the number of segments with a sanitized value
 * @param values the number of values
 * @param nan the number of NaN values, replaced by 0
 * @param positiveInfinite the number of +Inf values, replaced by 0 or the limit
 * @param negativeInfinite the number of -Inf values, replaced by 0 or the limit
 * @param clipped the number of finite values beyond the limit, clipped to it
 * @param zeroRows the number of rows that are zero in every column after sanitizing
 * @param zeroStretches the number of contiguous runs of such rows
 */
public record SanitizeCounts(
    long segments,
    long touched,
    long values,
    long nan,
    long positiveInfinite,
    long negativeInfinite,
    long clipped,
    long zeroRows,
    long zeroStretches) {
  public static final SanitizeCounts NONE = new SanitizeCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns the sum of both counts. */
  public SanitizeCounts plus(SanitizeCounts other) {
    return new SanitizeCounts(
        segments + other.segments,
        touched + other.touched,
        values + other.values,
        nan + other.nan,
        positiveInfinite + other.positiveInfinite,
        negativeInfinite + other.negativeInfinite,
        clipped + other.clipped,
        zeroRows + other.zeroRows,
        zeroStretches + other.zeroStretches);
  }
}
