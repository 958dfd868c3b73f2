package dev.mer4j.eval.benchmark;

import java.util.List;

/** The normalized entropy of shares (Shannon, 1948; as Pielou's evenness, 1966). */
final class Evenness {
  private Evenness() {}

  /**
   * Returns the entropy of the values' shares divided by its largest possible value, the logarithm
   * of their number. Negative values count as 0.
   *
   * @param values two or more
   * @return in [0, 1]: 1 if all are equal, 0 if only one is positive; NaN if none is
   */
  static double of(List<Double> values) {
    double total = values.stream().mapToDouble(each -> Math.max(0, each)).sum();
    if (total == 0) {
      return Double.NaN;
    }
    double entropy = 0;
    for (double each : values) {
      double share = Math.max(0, each) / total;
      entropy -= share > 0 ? share * StrictMath.log(share) : 0;
    }
    return entropy / StrictMath.log(values.size());
  }
}
