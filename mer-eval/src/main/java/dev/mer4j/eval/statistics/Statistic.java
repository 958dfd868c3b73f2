package dev.mer4j.eval.statistics;

/** Numbers computed from segments that count several times, once or not at all. */
@FunctionalInterface
interface Statistic {
  /**
   * Computes them.
   *
   * @param weights [N], how often each segment counts
   * @return NaN for each number that is not defined
   */
  double[] of(int[] weights);

  /** Returns these numbers minus the other's. */
  default Statistic minus(Statistic other) {
    return weights -> {
      double[] values = of(weights);
      double[] others = other.of(weights);
      for (int i = 0; i < values.length; i++) {
        values[i] -= others[i];
      }
      return values;
    };
  }
}
