package dev.mer4j.eval.threshold;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.ValidationSplit;

/**
 * What a model says of a validation split: the only predictions on which anything may be fitted. No
 * others can become these.
 */
public final class ValidationPredictions {
  private final Predictions predictions;

  private ValidationPredictions(Predictions predictions) {
    this.predictions = predictions;
  }

  /** Predicts the split with all that each segment has. */
  public static ValidationPredictions of(MultimodalModel model, ValidationSplit split) {
    return new ValidationPredictions(model.predict(split));
  }

  /** The same predictions, to be judged. */
  public Predictions predictions() {
    return predictions;
  }
}
