package dev.mer4j.eval.missing;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes whole modalities of segments at random, and always keeps one.
 *
 * <p>One of a segment's p modalities, drawn uniformly, is kept. Each other one is removed with
 * probability min(1, rate · p / (p - 1)), so the expected share of removed modalities is the rate,
 * up to (p - 1) / p: two thirds of three. Draws depend only on the seed and the segment's id.
 * Modalities removed at one rate are removed at every higher one.
 *
 * @param rate the expected share of removed modalities, in [0, 1]
 */
public record RandomModalities(double rate, long seed) {
  public RandomModalities {
    if (!(rate >= 0 && rate <= 1)) {
      throw new ConfigException("the rate of missing modalities must be in [0, 1]: " + rate);
    }
  }

  /**
   * Returns the remaining modalities [N, M].
   *
   * @param segments N
   * @param present [N, M], the modalities before the removal
   */
  public Presence applyTo(List<SegmentInfo> segments, Presence present) {
    List<ModalitySet> left = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      SeedStream draws =
          new Seeds(seed)
              .stream("missing-modalities")
                  .at(segments.get(s).id().video())
                  .at(segments.get(s).id().index());
      left.add(left(present.row(s), draws));
    }
    return Presence.of(left);
  }

  private ModalitySet left(ModalitySet had, SeedStream draws) {
    int count = had.size();
    if (count < 2) {
      return had;
    }
    double lost = rate * count / (count - 1);
    Modality kept = had.toList().get(draws.nextInt(count));
    ModalitySet left = had;
    for (Modality modality : Modality.MOSEI) {
      // Drawn for absent modalities too, so that the draws do not depend on presence.
      if (draws.nextDouble() < lost && !modality.equals(kept)) {
        left = left.without(modality);
      }
    }
    for (Modality modality : had.toList()) {
      if (!Modality.MOSEI.contains(modality)
          && draws.at(modality.key()).nextDouble() < lost
          && !modality.equals(kept)) {
        left = left.without(modality);
      }
    }
    return left;
  }
}
