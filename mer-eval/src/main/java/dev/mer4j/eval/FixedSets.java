package dev.mer4j.eval;

import dev.mer4j.data.ModalitySet;
import java.util.List;

/**
 * The sets of modalities on which a model is evaluated: all of them for up to five modalities;
 * above that the single ones, the pairs, those that lack one, and the full set.
 */
public final class FixedSets {
  private static final int LARGEST_COMPLETE = 5;

  private FixedSets() {}

  /** Returns the sets, the single ones first and the full one last. */
  public static List<ModalitySet> of(ModalitySet modalities) {
    return modalities.nonEmpty().stream()
        .filter(set -> isComplete(modalities) || isListed(set.size(), modalities.size()))
        .toList();
  }

  /** Whether the sets are all that hold at least one modality. */
  public static boolean isComplete(ModalitySet modalities) {
    return modalities.size() <= LARGEST_COMPLETE;
  }

  private static boolean isListed(int size, int all) {
    return size <= 2 || size >= all - 1;
  }
}
