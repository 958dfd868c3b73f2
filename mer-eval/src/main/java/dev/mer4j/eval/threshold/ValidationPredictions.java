package dev.mer4j.eval.threshold;

import dev.mer4j.MerException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.ValidationSplit;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /**
   * Returns predictions of another system for a validation split.
   *
   * @throws MerException if one is for a segment that is not in the split
   */
  public static ValidationPredictions of(ValidationSplit split, Predictions predictions) {
    Set<SegmentId> members =
        IntStream.range(0, split.size())
            .mapToObj(s -> split.info(s).id())
            .collect(Collectors.toSet());
    for (Prediction row : predictions.rows()) {
      if (!members.contains(row.segment().id())) {
        throw new MerException(row.segment().id() + " is not in the validation split");
      }
    }
    return new ValidationPredictions(predictions);
  }

  /** Returns the same predictions for evaluation. */
  public Predictions predictions() {
    return predictions;
  }
}
