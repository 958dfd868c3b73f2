package dev.mer4j.data.sanitize;

import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.segment.SegmentRows;

/**
 * Converts values to finite, bounded float32: NaN becomes 0, ±Inf becomes 0 or is clipped, others
 * are clipped.
 */
public final class Sanitizer {
  private final SanitizeOptions options;

  public Sanitizer(SanitizeOptions options) {
    this.options = options;
  }

  /** Returns a sanitized copy [n, D] of one modality of one segment. */
  public Sanitized sanitize(Modality modality, SegmentRows rows) {
    double limit = options.limitOf(modality);
    float highest = options.clipInfinite() ? (float) limit : 0;
    float lowest = options.clipInfinite() ? (float) -limit : 0;
    float[] values = new float[rows.count() * rows.width()];
    long nan = 0;
    long positive = 0;
    long negative = 0;
    long clipped = 0;
    long zeroRows = 0;
    long stretches = 0;
    boolean afterZeros = false;
    int at = 0;
    for (int row = 0; row < rows.count(); row++) {
      boolean zeros = true;
      for (int column = 0; column < rows.width(); column++) {
        double value = rows.at(row, column);
        if (Math.abs(value) <= limit) {
          values[at] = (float) value;
        } else if (Double.isNaN(value)) {
          nan++;
        } else if (value == Double.POSITIVE_INFINITY) {
          positive++;
          values[at] = highest;
        } else if (value == Double.NEGATIVE_INFINITY) {
          negative++;
          values[at] = lowest;
        } else {
          clipped++;
          values[at] = (float) Math.copySign(limit, value);
        }
        zeros &= values[at++] == 0;
      }
      zeroRows += zeros ? 1 : 0;
      stretches += zeros && !afterZeros ? 1 : 0;
      afterZeros = zeros;
    }
    long touched = nan + positive + negative + clipped > 0 ? 1 : 0;
    return new Sanitized(
        new Features(rows.count(), rows.width(), values),
        new SanitizeCounts(1, touched, at, nan, positive, negative, clipped, zeroRows, stretches));
  }
}
