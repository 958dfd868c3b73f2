package dev.mer4j.train.experiment;

import java.util.Arrays;
import java.util.Locale;

/**
 * Mean and spread of some numbers.
 *
 * @param count n
 * @param mean NaN of none
 * @param deviation the sample standard deviation, with n - 1; NaN of fewer than two
 */
public record Spread(int count, double mean, double deviation) {
  /** Student's t that 2.5 % exceed, of 1 to 30 degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  private static final double NORMAL = 1.96;

  static Spread of(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new Spread(values.length, mean, deviation);
  }

  /**
   * Half the width of the 95 % confidence interval of the mean by Student's t, for numbers that are
   * about normal; NaN of fewer than two.
   */
  public double margin() {
    if (count < 2) {
      return Double.NaN;
    }
    double t = count - 1 <= STUDENT.length ? STUDENT[count - 2] : NORMAL;
    return t * deviation / Math.sqrt(count);
  }

  /** Whether the 95 % confidence interval leaves out 0. */
  public boolean differsFromZero() {
    return Math.abs(mean) > margin();
  }

  /** Such as {@code 0.512 ± 0.013}, with the standard deviation. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
  }
}
