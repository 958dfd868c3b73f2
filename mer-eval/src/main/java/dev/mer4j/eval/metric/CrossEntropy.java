package dev.mer4j.eval.metric;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelScheme.Task;
import java.util.Optional;

/**
 * Logarithms of predicted probabilities, all with one lower bound, so that a probability of 0 or 1
 * that turns out wrong costs much but not infinitely much.
 */
public final class CrossEntropy {
  /**
   * The smallest probability whose logarithm is taken: half the distance from 1 to the next lower
   * single-precision number. 1 - p of a single-precision p &lt; 1 is never smaller.
   */
  public static final double LOWEST = 0x1p-24;

  private CrossEntropy() {}

  /**
   * Returns the cross-entropy in nats of the predictions' own task: in the multi-label task the
   * mean over segments and emotions of -log of the probability of the true answer; in the
   * single-label task the mean of -log of the true class's probability over the segments that are
   * part of the task.
   *
   * @return NaN if no segment is part of the task
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

  /** Returns the logarithm of a probability that is not below {@link #LOWEST}. */
  public static double log(double probability) {
    return Math.log(Math.max(LOWEST, probability));
  }

  /** Returns log(p / (1 - p)), finite for every p in [0, 1]. */
  public static double logit(double probability) {
    return log(probability) - log(1 - probability);
  }
}
