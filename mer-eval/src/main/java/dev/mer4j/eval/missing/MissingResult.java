package dev.mer4j.eval.missing;

import dev.mer4j.eval.ModalityTable;
import java.util.List;

/**
 * One model under every condition of a {@link MissingGrid}.
 *
 * @param seed of the masks
 * @param fixed every segment keeps the same modalities
 * @param modalities whole modalities lost at random
 * @param steps steps erased inside each modality
 */
public record MissingResult(long seed, ModalityTable fixed, RateCurve modalities, RateCurve steps) {
  /** Both curves. */
  public List<RateCurve> curves() {
    return List.of(modalities, steps);
  }
}
