package dev.mer4j.eval.missing;

import dev.mer4j.eval.ModalityTable;
import java.util.List;

/**
 * The evaluations of a model under every condition of a {@link MissingGrid}.
 *
 * @param seed the seed of the masks
 * @param fixed the evaluations with fixed sets of modalities
 * @param modalities the curve of modalities missing at random
 * @param steps the curve of steps erased inside each modality
 */
public record MissingResult(long seed, ModalityTable fixed, RateCurve modalities, RateCurve steps) {
  /** Returns both curves. */
  public List<RateCurve> curves() {
    return List.of(modalities, steps);
  }
}
