package dev.mer4j.core.fusion;

import dev.mer4j.data.label.LabelScheme.Task;

/** A {@link Loss} and its gradient, in double precision. */
record LossFunction(Task task, Loss loss) {
  /**
   * Returns the loss of a batch.
   *
   * @param logits [B, C]
   * @param targets [B, C], row by row
   * @param change [B, C], receives the loss's gradient with respect to the logits
   */
  double of(Matrix logits, float[] targets, Matrix change) {
    int classes = logits.columns();
    double sum = 0;
    for (int b = 0; b < logits.rows(); b++) {
      float[] row = logits.row(b);
      sum +=
          task == Task.MULTI_LABEL
              ? eachEmotion(row, targets, b * classes, change.row(b))
              : oneEmotion(row, targets, b * classes, change.row(b));
    }
    int terms = logits.rows() * (task == Task.MULTI_LABEL ? classes : 1);
    for (int b = 0; b < change.rows(); b++) {
      float[] row = change.row(b);
      for (int c = 0; c < row.length; c++) {
        row[c] /= terms;
      }
    }
    return sum / terms;
  }

  private double eachEmotion(float[] logits, float[] targets, int at, float[] change) {
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      boolean there = targets[at + c] > 0;
      double logit = there ? logits[c] : -logits[c];
      double miss = Math.exp(-softplus(logit));
      Term term = term(softplus(-logit), miss, there ? loss.weights().get(c) : 1);
      sum += term.loss;
      change[c] = (float) ((there ? -miss : miss) * term.gradient);
    }
    return sum;
  }

  private double oneEmotion(float[] logits, float[] targets, int at, float[] change) {
    int truth = 0;
    for (int c = 0; c < logits.length; c++) {
      truth = targets[at + c] > 0 ? c : truth;
    }
    double logSum = logSum(logits);
    double miss = 0;
    for (int c = 0; c < logits.length; c++) {
      miss += c == truth ? 0 : Math.exp(logits[c] - logSum);
    }
    Term term = term(logSum - logits[truth], miss, loss.weights().get(truth));
    for (int c = 0; c < logits.length; c++) {
      change[c] = (float) ((c == truth ? -miss : Math.exp(logits[c] - logSum)) * term.gradient);
    }
    return term.loss;
  }

  /** What a truth costs, and the slope of that along its surprise. */
  private record Term(double loss, double gradient) {}

  /**
   * The cost {@code w mᵞ s} of a truth.
   *
   * @param surprise s = -log p
   * @param miss m = 1 - p
   */
  private Term term(double surprise, double miss, double weight) {
    double focus = loss.focalGamma();
    if (focus == 0) {
      return new Term(weight * surprise, weight);
    }
    double factor = weight * Math.pow(miss, focus);
    double slope = weight * focus * Math.pow(miss, focus - 1) * (1 - miss) * surprise;
    return new Term(factor * surprise, factor + slope);
  }

  /** The logarithm of the sum of the exponentials of one row. */
  static double logSum(float[] logits) {
    double highest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      highest = Math.max(highest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - highest);
    }
    return highest + Math.log(sum);
  }

  /** {@code log(1 + eˣ)}, written so that no x overflows. */
  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
