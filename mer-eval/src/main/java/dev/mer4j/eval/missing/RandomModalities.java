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
 * Takes whole modalities away from segments at random, and always leaves one.
 *
 * <p>Of a segment's p modalities one, drawn uniformly, stays; each other is lost with probability
 * rate · p / (p - 1), at most 1, so that the share of lost modalities is the rate on average, up to
 * (p - 1) / p: two thirds of three. Draws depend on nothing but the seed and the segment's id, and
 * what is lost at one rate is lost at every higher one.
 *
 * @param rate the share to lose, in [0, 1]
 */
public record RandomModalities(double rate, long seed) {
  public RandomModalities {
    if (!(rate >= 0 && rate <= 1)) {
      throw new ConfigException("the rate of missing modalities must be in [0, 1]: " + rate);
    }
  }

  /**
   * Returns what is left.
   *
   * @param segments N
   * @param present [N, M], what there was
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
    for (Modality modality : Modality.values()) {
      // Drawn for absent modalities too, so that what a segment has moves no other draw.
      if (draws.nextDouble() < lost && modality != kept) {
        left = left.without(modality);
      }
    }
    return left;
  }
}
