package dev.mer4j.eval.statistics;

/** A number computed from segments that count several times, once or not at all. */
@FunctionalInterface
public interface Statistic {
  /**
   * Computes it.
   *
   * @param weights [N], how often each segment counts
   * @return NaN where it is not defined
   */
  double of(int[] weights);

  /** This one minus the other. */
  default Statistic minus(Statistic other) {
    return weights -> of(weights) - other.of(weights);
  }
}
