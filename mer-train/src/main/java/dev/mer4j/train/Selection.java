package dev.mer4j.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import dev.mer4j.train.checkpoint.BestEpoch;
import org.jspecify.annotations.Nullable;

/**
 * Which epoch is the best one, and when to stop looking for a better one.
 *
 * @param criterion measured on the validation split after every epoch
 * @param patience a run ends after so many epochs in a row that were not better than the best; 0
 *     for never
 */
public record Selection(Criterion criterion, int patience) {
  /** The highest macro-F1 of all epochs. */
  public static final Selection BEST_F1 = new Selection(Criterion.MACRO_F1, 0);

  /** What better means. */
  public enum Criterion {
    /** A higher macro-F1, thresholds fitted. */
    @JsonProperty("macro_f1")
    MACRO_F1,
    /** A lower cross-entropy. */
    @JsonProperty("loss")
    LOSS
  }

  public Selection {
    if (patience < 0) {
      throw new ConfigException("patience must be at least 0: " + patience);
    }
  }

  /** Whether an epoch is better than the best one before; of equals, the first is. */
  boolean isBetter(Validation now, @Nullable BestEpoch best) {
    if (best == null) {
      return true;
    }
    return criterion == Criterion.LOSS ? now.loss() < best.loss() : now.macroF1() > best.macroF1();
  }

  /** Whether the patience is over. */
  boolean isPatienceExhausted(int epoch, @Nullable BestEpoch best) {
    return patience > 0 && best != null && epoch - best.epoch() >= patience;
  }
}
