package dev.mer4j.eval.metric;

/**
 * The areas under the precision-recall curve and the ROC curve, accumulated threshold by threshold.
 *
 * <p>Average precision is Σ (R<sub>n</sub> - R<sub>n-1</sub>) P<sub>n</sub>, without interpolation;
 * ROC-AUC is the probability that a positive ranks above a negative, with ties counted half.
 */
public final class RankingAreas {
  private double precisions;
  private double twiceTheArea;
  private long tp;
  private long fp;

  /** Creates empty areas. */
  public RankingAreas() {}

  /**
   * Adds the next lower threshold.
   *
   * @param tp positives at or above it
   * @param fp negatives at or above it
   */
  public void add(long tp, long fp) {
    if (tp > this.tp) {
      precisions += (double) (tp - this.tp) * tp / (tp + fp);
    }
    twiceTheArea += (double) (fp - this.fp) * (tp + this.tp);
    this.tp = tp;
    this.fp = fp;
  }

  /** Returns the average precision, in [0, 1]; NaN without positives. */
  public double averagePrecision() {
    return tp == 0 ? Double.NaN : precisions / tp;
  }

  /** Returns the area under the ROC curve, in [0, 1]; NaN without positives or negatives. */
  public double rocAuc() {
    return tp == 0 || fp == 0 ? Double.NaN : twiceTheArea / 2 / tp / fp;
  }
}
