package dev.mer4j.data.sanitize;

/**
 * What was found in the features of one modality, and mended.
 *
 * @param segments how many segments were looked at
 * @param touched how many of them had a value that was mended
 * @param values how many values were looked at
 * @param nan values that are not a number: now 0
 * @param positiveInfinite values of +Inf: now 0
 * @param negativeInfinite values of -Inf: now 0
 * @param clipped finite values beyond the limit: now at it
 * @param zeroRows rows that are zero in every column, once mended
 * @param zeroStretches unbroken runs of such rows
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

  /** Returns the counts of both. */
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
