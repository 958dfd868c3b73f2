package dev.mer4j.onnx;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.List;

/** Compares the outputs of ONNX Runtime with predictions. */
final class Differences {
  private final Predictions expected;
  private double largest;
  private int differentDecisions;

  Differences(Predictions expected) {
    this.expected = expected;
  }

  /** Adds the outputs of the rows that start at {@code from}. */
  void add(int from, RuntimeSession.Outputs outputs) {
    for (int b = 0; b < outputs.probabilities().length; b++) {
      int row = from + b;
      List<Double> probabilities = expected.rows().get(row).probabilities();
      for (int c = 0; c < probabilities.size(); c++) {
        double difference = Math.abs(outputs.probabilities()[b][c] - probabilities.get(c));
        largest = Double.isNaN(difference) ? difference : Math.max(largest, difference);
        boolean differs = outputs.predicted()[b][c] != expected.predicted(row, c);
        if (differs && margin(expected.rows().get(row), c) > OnnxVerification.TOLERANCE) {
          differentDecisions++;
        }
      }
    }
  }

  /** Returns how far a probability is from the one at which its decision changes. */
  private double margin(Prediction row, int label) {
    double own = row.probabilities().get(label);
    if (expected.scheme().task() == Task.MULTI_LABEL) {
      return Math.abs(own - expected.thresholds().of(row.available()).get(label));
    }
    double margin = Double.POSITIVE_INFINITY;
    for (int c = 0; c < row.probabilities().size(); c++) {
      margin = c == label ? margin : Math.min(margin, Math.abs(own - row.probabilities().get(c)));
    }
    return margin;
  }

  /** Returns the largest absolute difference of probabilities; NaN if one is. */
  double largest() {
    return largest;
  }

  int differentDecisions() {
    return differentDecisions;
  }
}
