package dev.mer4j.core.fusion;

import dev.mer4j.data.label.LabelSet.Task;

/** Computes a {@link Loss} and its gradient in double precision. */
record LossFunction(Task task, Loss loss) {
  /**
   * Returns the loss of a batch and writes its gradient.
   *
   * @param logits [B, C]
   * @param targets [B, C], row by row
   * @param logitGradient [B, C], receives the loss's gradient with respect to the logits
   */
  double of(Matrix logits, float[] targets, Matrix logitGradient) {
    int classes = logits.columns();
    double sum = 0;
    for (int b = 0; b < logits.rows(); b++) {
      float[] row = logits.row(b);
      sum +=
          task == Task.MULTI_LABEL
              ? multiLabel(row, targets, b * classes, logitGradient.row(b))
              : singleLabel(row, targets, b * classes, logitGradient.row(b));
    }
    int terms = logits.rows() * (task == Task.MULTI_LABEL ? classes : 1);
    for (int b = 0; b < logitGradient.rows(); b++) {
      float[] row = logitGradient.row(b);
      for (int c = 0; c < row.length; c++) {
        row[c] /= terms;
      }
    }
    return sum / terms;
  }

  private double multiLabel(float[] logits, float[] targets, int at, float[] logitGradient) {
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      boolean present = targets[at + c] > 0;
      double logit = present ? logits[c] : -logits[c];
      double miss = StrictMath.exp(-softplus(logit));
      Term term = term(softplus(-logit), miss, present ? loss.weights().get(c) : 1);
      sum += term.loss;
      logitGradient[c] = (float) ((present ? -miss : miss) * term.gradient);
    }
    return sum;
  }

  private double singleLabel(float[] logits, float[] targets, int at, float[] logitGradient) {
    int label = 0;
    for (int c = 0; c < logits.length; c++) {
      label = targets[at + c] > 0 ? c : label;
    }
    double logSum = logSum(logits);
    double miss = 0;
    for (int c = 0; c < logits.length; c++) {
      miss += c == label ? 0 : StrictMath.exp(logits[c] - logSum);
    }
    Term term = term(logSum - logits[label], miss, loss.weights().get(label));
    for (int c = 0; c < logits.length; c++) {
      logitGradient[c] =
          (float) ((c == label ? -miss : StrictMath.exp(logits[c] - logSum)) * term.gradient);
    }
    return term.loss;
  }

  /** The loss of a label, and its derivative with respect to the surprise. */
  private record Term(double loss, double gradient) {}

  /**
   * Returns the loss {@code w mᵞ s} of a label.
   *
   * @param surprise s = -log p
   * @param miss m = 1 - p
   */
  private Term term(double surprise, double miss, double weight) {
    double gamma = loss.focalGamma();
    if (gamma == 0) {
      return new Term(weight * surprise, weight);
    }
    double factor = weight * StrictMath.pow(miss, gamma);
    double focalDerivative =
        weight * gamma * StrictMath.pow(miss, gamma - 1) * (1 - miss) * surprise;
    return new Term(factor * surprise, factor + focalDerivative);
  }

  /** Returns the logarithm of the sum of the exponentials of one row. */
  static double logSum(float[] logits) {
    double highest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      highest = Math.max(highest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - highest);
    }
    return highest + StrictMath.log(sum);
  }

  /** Returns {@code log(1 + eˣ)} without overflow. */
  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
