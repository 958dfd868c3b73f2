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
    int width = rows.width();
    float[] values = new float[rows.count() * width];
    double[] row = new double[width];
    Faults faults = new Faults(options, options.limitOf(modality));
    long zeroRows = 0;
    long stretches = 0;
    boolean afterZeros = false;
    for (int r = 0, at = 0; r < rows.count(); r++, at += width) {
      rows.copy(r, row);
      if (faults.isValid(row)) {
        for (int column = 0; column < width; column++) {
          values[at + column] = (float) row[column];
        }
      } else {
        for (int column = 0; column < width; column++) {
          values[at + column] = faults.replace(row[column]);
        }
      }
      boolean zeros = isZero(values, at, at + width);
      zeroRows += zeros ? 1 : 0;
      stretches += zeros && !afterZeros ? 1 : 0;
      afterZeros = zeros;
    }
    return new Sanitized(
        new Features(rows.count(), width, values),
        faults.counts(values.length, zeroRows, stretches));
  }

  private static boolean isZero(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Replaces and counts the values that are not valid. */
  private static final class Faults {
    private final double limit;
    private final float highest;
    private long nan;
    private long positive;
    private long negative;
    private long clipped;

    Faults(SanitizeOptions options, double limit) {
      this.limit = limit;
      highest = options.clipInfinite() ? (float) limit : 0;
    }

    /** Returns whether no value of a row is replaced. */
    boolean isValid(double[] row) {
      for (double value : row) {
        if (!(Math.abs(value) <= limit)) {
          return false;
        }
      }
      return true;
    }

    float replace(double value) {
      if (Math.abs(value) <= limit) {
        return (float) value;
      }
      if (Double.isNaN(value)) {
        nan++;
        return 0;
      }
      if (Double.isInfinite(value)) {
        if (value > 0) {
          positive++;
        } else {
          negative++;
        }
        return value > 0 ? highest : 0 - highest;
      }
      clipped++;
      return (float) Math.copySign(limit, value);
    }

    SanitizeCounts counts(long values, long zeroRows, long stretches) {
      long touched = nan + positive + negative + clipped > 0 ? 1 : 0;
      return new SanitizeCounts(
          1, touched, values, nan, positive, negative, clipped, zeroRows, stretches);
    }
  }
}
