package dev.mer4j.eval.threshold;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.ValidationSplit;

/**
 * A model's predictions for a validation split: the only predictions that thresholds and
 * temperatures can be fitted on.
 */
public final class ValidationPredictions {
  private final Predictions predictions;

  private ValidationPredictions(Predictions predictions) {
    this.predictions = predictions;
  }

  /** Predicts the split with all modalities of each segment. */
  public static ValidationPredictions of(MultimodalModel model, ValidationSplit split) {
    return new ValidationPredictions(model.predict(split));
  }

  /** Returns the same predictions for evaluation. */
  public Predictions predictions() {
    return predictions;
  }
}
