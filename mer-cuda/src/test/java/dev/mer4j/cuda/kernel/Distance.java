package dev.mer4j.cuda.kernel;

import java.util.Arrays;

/** The error of a result. */
final class Distance {
  private Distance() {}

  /** Returns ‖a−b‖/‖b‖, or ‖a‖ if b is zero. */
  static double relative(double[] a, double[] b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < b.length; i++) {
      difference += (a[i] - b[i]) * (a[i] - b[i]);
      norm += b[i] * b[i];
    }
    return Math.sqrt(difference) / (norm == 0 ? 1 : Math.sqrt(norm));
  }

  static double[] doubles(float[] values, int start, int count) {
    double[] copy = new double[count];
    Arrays.setAll(copy, i -> values[start + i]);
    return copy;
  }
}
