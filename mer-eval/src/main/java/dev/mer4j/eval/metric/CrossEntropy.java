package dev.mer4j.eval.metric;

import dev.mer4j.core.LogProbability;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.Optional;

/** The cross-entropy of predictions, with the lower bound of {@link LogProbability}. */
public final class CrossEntropy {
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
          sum -= LogProbability.of(present ? p : 1 - p);
          terms++;
        }
      }
    }
    return sum / terms;
  }
}
