package dev.mer4j.train;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.metric.CrossEntropy;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.eval.threshold.ThresholdFitter;
import dev.mer4j.eval.threshold.ValidationPredictions;

/**
 * The scores of a model on the validation split.
 *
 * @param thresholds the thresholds, fitted on the split for the multi-label task, unchanged
 *     otherwise
 * @param macroF1 macro-F1 of the positives with these thresholds, or of the classes, in [0, 1]
 * @param loss cross-entropy in nats, as {@link CrossEntropy} defines it
 */
record Validation(Thresholds thresholds, double macroF1, double loss) {
  static Validation of(MultimodalModel model, ValidationSplit valid) {
    ValidationPredictions validation = ValidationPredictions.of(model, valid);
    Predictions predictions = validation.predictions();
    double loss = CrossEntropy.of(predictions);
    if (predictions.scheme().task() == Task.SINGLE_LABEL) {
      return new Validation(
          predictions.thresholds(), SingleLabelMetrics.of(predictions).macro().f1(), loss);
    }
    Thresholds fitted = ThresholdFitter.fit(validation);
    return new Validation(
        fitted, MultiLabelMetrics.of(predictions.withThresholds(fitted)).macroF1(), loss);
  }
}
