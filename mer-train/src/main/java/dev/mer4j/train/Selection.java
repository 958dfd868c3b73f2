package dev.mer4j.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import dev.mer4j.train.checkpoint.BestEpoch;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import org.jspecify.annotations.Nullable;

/**
 * The rule for selecting the best epoch and for early stopping.
 *
 * @param criterion the quantity that is measured on the validation split after every epoch
 * @param patience the number of epochs without improvement after which a run stops; 0 for no early
 *     stopping
 * @param consecutive whether an improvement starts the count of these epochs again
 */
public record Selection(Criterion criterion, int patience, boolean consecutive) {
  /** Selects the epoch with the highest macro-F1, without early stopping. */
  public static final Selection BEST_F1 = new Selection(Criterion.MACRO_F1, 0, true);

  /** The quantity that selection optimizes. */
  public enum Criterion {
    /** Macro-F1 with fitted thresholds; higher is better. */
    @JsonProperty("macro_f1")
    MACRO_F1,
    /** Cross-entropy; lower is better. */
    @JsonProperty("loss")
    LOSS
  }

  public Selection {
    if (patience < 0) {
      throw new ConfigException("patience must be at least 0: " + patience);
    }
  }

  /** Returns whether an epoch is strictly better than the best one so far. */
  boolean isBetter(Validation now, @Nullable BestEpoch best) {
    if (best == null) {
      return true;
    }
    return criterion == Criterion.LOSS ? now.loss() < best.loss() : now.macroF1() > best.macroF1();
  }

  /** Returns whether the patience is exhausted. */
  boolean isPatienceExhausted(History history) {
    if (patience == 0) {
      return false;
    }
    int without = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (EpochRecord epoch : history.epochs()) {
      double score = criterion == Criterion.LOSS ? -epoch.validLoss() : epoch.validMacroF1();
      if (score > best || epoch.epoch() == 1) {
        best = score;
        without = consecutive ? 0 : without;
      } else {
        without++;
      }
    }
    return without >= patience;
  }
}
