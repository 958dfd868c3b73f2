package dev.mer4j.train;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.eval.threshold.ThresholdFitter;
import dev.mer4j.eval.threshold.ValidationPredictions;
import java.util.Optional;

/**
 * How well a model does on the validation split.
 *
 * @param thresholds fitted on it for the multi-label task; those that the model had, otherwise
 * @param macroF1 of the positives with these thresholds, or of the classes, in [0, 1]
 * @param loss cross-entropy in nats: mean over the labelled segments, and over the emotions in the
 *     multi-label task; of probabilities no closer to 0 than single precision can tell from it
 */
record Validation(Thresholds thresholds, double macroF1, double loss) {
  private static final double LEAST = 0x1p-24;

  static Validation of(MultimodalModel model, ValidationSplit valid) {
    ValidationPredictions validation = ValidationPredictions.of(model, valid);
    Predictions predictions = validation.predictions();
    double loss = loss(predictions);
    if (predictions.scheme().task() == Task.SINGLE_LABEL) {
      return new Validation(
          predictions.thresholds(), SingleLabelMetrics.of(predictions).macro().f1(), loss);
    }
    Thresholds fitted = ThresholdFitter.fit(validation);
    return new Validation(fitted, MultiLabelMetrics.of(predictions.with(fitted)).macroF1(), loss);
  }

  private static double loss(Predictions predictions) {
    boolean several = predictions.scheme().task() == Task.MULTI_LABEL;
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
        if (several || present) {
          sum -= Math.log(Math.max(LEAST, present ? p : 1 - p));
          terms++;
        }
      }
    }
    return sum / terms;
  }
}
