package dev.mer4j.train;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.eval.threshold.ThresholdFitter;

/**
 * How well a model does on the validation split.
 *
 * @param thresholds fitted on it for the multi-label task; those that the model had, otherwise
 * @param macroF1 of the positives with these thresholds, or of the six classes, in [0, 1]
 */
record Validation(Thresholds thresholds, double macroF1) {
  static Validation of(MultimodalModel model, SegmentSet valid) {
    Predictions predictions = model.predict(valid);
    if (predictions.scheme().task() == Task.SINGLE_LABEL) {
      return new Validation(
          predictions.thresholds(), SingleLabelMetrics.of(predictions).macro().f1());
    }
    Thresholds fitted = ThresholdFitter.fit(predictions);
    return new Validation(fitted, MultiLabelMetrics.of(predictions.with(fitted)).macroF1());
  }
}
