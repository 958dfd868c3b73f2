package dev.mer4j.core;

import java.util.Arrays;

/** The relative error of computed values. */
public final class RelativeError {
  private RelativeError() {}

  /** Returns ‖a−b‖/‖b‖, or ‖a‖ if b is zero. */
  public static double of(double[] a, double[] b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < b.length; i++) {
      difference += (a[i] - b[i]) * (a[i] - b[i]);
      norm += b[i] * b[i];
    }
    return Math.sqrt(difference) / (norm == 0 ? 1 : Math.sqrt(norm));
  }

  /** Returns {@link #of(double[], double[])} of values in single precision. */
  public static double of(float[] a, double[] b) {
    return of(doubles(a), b);
  }

  /** Returns the values in double precision. */
  public static double[] doubles(float[] values) {
    return doubles(values, 0, values.length);
  }

  /** Returns {@code count} of the values, from {@code start}, in double precision. */
  public static double[] doubles(float[] values, int start, int count) {
    double[] copy = new double[count];
    Arrays.setAll(copy, i -> values[start + i]);
    return copy;
  }
}
