package dev.mer4j.eval.metric;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.Optional;

/**
 * Logarithms of predicted probabilities with a common lower bound, which keeps the loss of a wrong
 * probability of 0 or 1 finite.
 */
public final class CrossEntropy {
  /**
   * The lower bound of probabilities in logarithms: half the distance from 1 to the next lower
   * single-precision number. 1 - p of a single-precision p &lt; 1 is never smaller.
   */
  public static final double LOWEST = 0x1p-24;

  private CrossEntropy() {}

  /**
   * Returns the cross-entropy in nats of the predictions' own task: in the multi-label task the
   * mean over segments and emotions of -log of the probability of the label; in the single-label
   * task the mean of -log of the labeled class's probability over the segments that belong to the
   * task.
   *
   * @return NaN if no segment belongs to the task
   */
  public static double of(Predictions predictions) {
    boolean multiLabel = predictions.scheme().task() == Task.MULTI_LABEL;
    double sum = 0;
    int terms = 0;
    for (Prediction row : predictions.rows()) {
      Optional<float[]> targets = predictions.scheme().targets(row.segment().scores());
      if (targets.isEmpty()) {
        continue;
      }
      for (int c = 0; c < targets.get().length; c++) {
        double p = row.probabilities().get(c);
        boolean present = targets.get()[c] > 0;
        if (multiLabel || present) {
          sum -= log(present ? p : 1 - p);
          terms++;
        }
      }
    }
    return sum / terms;
  }

  /** Returns the logarithm of a probability, or of {@link #LOWEST} if that is larger. */
  public static double log(double probability) {
    return Math.log(Math.max(LOWEST, probability));
  }

  /** Returns log(p / (1 - p)), finite for every p in [0, 1]. */
  public static double logit(double probability) {
    return log(probability) - log(1 - probability);
  }
}
