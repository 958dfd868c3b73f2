package dev.mer4j.eval.statistics;

/** Numbers computed from weighted segments. */
@FunctionalInterface
interface Statistic {
  /**
   * Computes the numbers.
   *
   * @param weights [N], the multiplicity of each segment
   * @return the numbers; NaN for undefined ones
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
