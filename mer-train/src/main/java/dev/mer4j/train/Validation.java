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
 * @param thresholds the thresholds, fitted on the split in the multi-label task if requested, one
 *     half otherwise
 * @param macroF1 macro-F1 of the positives or of the classes with these thresholds, in [0, 1]
 * @param loss cross-entropy in nats, as {@link CrossEntropy} defines it
 */
record Validation(Thresholds thresholds, double macroF1, double loss) {
  static Validation of(MultimodalModel model, ValidationSplit valid, boolean fittedThresholds) {
    ValidationPredictions validation = ValidationPredictions.of(model, valid);
    Thresholds half = Thresholds.half(model.config().labels().classCount());
    Predictions predictions = validation.predictions().withThresholds(half);
    double loss = CrossEntropy.of(predictions);
    if (predictions.scheme().task() == Task.SINGLE_LABEL) {
      return new Validation(half, SingleLabelMetrics.of(predictions).macro().f1(), loss);
    }
    Thresholds fitted = fittedThresholds ? ThresholdFitter.fit(validation) : half;
    return new Validation(
        fitted, MultiLabelMetrics.of(predictions.withThresholds(fitted)).macroF1(), loss);
  }
}
