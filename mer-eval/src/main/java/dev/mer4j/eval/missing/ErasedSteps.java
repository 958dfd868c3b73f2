package dev.mer4j.eval.missing;

import dev.mer4j.ConfigException;
import dev.mer4j.core.StepMask;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.BitSet;

/**
 * The mask of protocol {@code frame}: each step of each modality is erased independently with the
 * same probability. Lengths are unchanged; an erased step has the model's mean of every column,
 * which is zero after standardization.
 *
 * <p>Draws depend only on the seed, the segment's id and the modality. Steps erased at one rate are
 * erased at every higher one.
 *
 * @param rate the probability of erasing a step, in [0, 1]
 */
public record ErasedSteps(SegmentSet segments, double rate, long seed) implements StepMask {
  public ErasedSteps {
    if (!(rate >= 0 && rate <= 1)) {
      throw new ConfigException("the rate of erased steps must be in [0, 1]: " + rate);
    }
  }

  @Override
  public BitSet erased(int segment, Modality modality) {
    return mask(segments.info(segment), modality, rate, seed);
  }

  /** Returns the steps of a segment's modality that are erased at this rate. */
  public static BitSet mask(SegmentInfo info, Modality modality, double rate, long seed) {
    SegmentId id = info.id();
    SeedStream segment = new Seeds(seed).stream("erased-steps").at(id.video()).at(id.index());
    int number = Modality.MOSEI.indexOf(modality);
    SeedStream draws = number < 0 ? segment.at(modality.key()) : segment.at(number);
    BitSet erased = new BitSet();
    for (int t = 0; t < info.steps(modality); t++) {
      erased.set(t, draws.nextDouble() < rate);
    }
    return erased;
  }
}
