package dev.mer4j.eval.statistics;

/**
 * McNemar's exact test: of the segments that only one of two models got right, is one model's share
 * too large for chance? It takes segments as independent; those of one video are not quite, so
 * beside it stands the bootstrap over videos.
 *
 * @param onlyA segments that only the first model got right
 * @param onlyB segments that only the second model got right
 */
public record McNemar(int onlyA, int onlyB) {
  /** Two-sided: twice the binomial tail of the smaller count at one half, at most 1. */
  public double p() {
    int n = onlyA + onlyB;
    double logTerm = n * Math.log(0.5);
    double tail = 0;
    for (int k = 0; k <= Math.min(onlyA, onlyB); k++) {
      tail += Math.exp(logTerm);
      logTerm += Math.log((double) (n - k) / (k + 1));
    }
    return Math.min(1, 2 * tail);
  }
}
