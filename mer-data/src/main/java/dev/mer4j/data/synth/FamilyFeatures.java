package dev.mer4j.data.synth;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.seed.SeedStream;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Generates one modality's features of a segment: noise from N(0, 1) in every column and step, and
 * the evidence in columns with random signs, different ones for each emotion and for the cue.
 */
final class FamilyFeatures {
  static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 32, Modality.AUDIO, 24, Modality.VISUAL, 24);

  private static final PerModality<Integer> SHORTEST =
      PerModality.of(Modality.TEXT, 6, Modality.AUDIO, 8, Modality.VISUAL, 6);
  private static final PerModality<Integer> LONGEST =
      PerModality.of(Modality.TEXT, 10, Modality.AUDIO, 14, Modality.VISUAL, 12);

  /** The emotions and the cue; one more group of columns has noise only. */
  private static final int DIRECTIONS = Emotion.MOSEI.size() + 1;

  private final Modality modality;
  private final Timing timing;

  /** The direction of each column; {@link #DIRECTIONS} for noise. */
  private final int[] directions;

  private final double[] signs;

  FamilyFeatures(Modality modality, Timing timing, SeedStream draws) {
    this.modality = modality;
    this.timing = timing;
    int width = WIDTHS.get(modality);
    directions = new int[width];
    Arrays.setAll(directions, d -> d % (DIRECTIONS + 1));
    draws.shuffle(directions);
    signs = new double[width];
    Arrays.setAll(signs, d -> draws.nextBoolean() ? 1 : -1);
  }

  /**
   * Generates features [T, D], T uniform.
   *
   * @param others draws the evidence of other labels
   */
  Features generate(Evidence evidence, Supplier<Evidence> others, SeedStream draws) {
    int shortest = timing.lengthFactor() * SHORTEST.get(modality);
    int longest = timing.lengthFactor() * LONGEST.get(modality);
    double[][] signal = new double[shortest + draws.nextInt(longest - shortest + 1)][DIRECTIONS];
    timing.place(
        signal, evidence.values().get(modality), () -> others.get().values().get(modality), draws);
    float[] values = new float[signal.length * directions.length];
    for (int t = 0; t < signal.length; t++) {
      signal[t][DIRECTIONS - 1] += evidence.cues().get(modality);
      for (int d = 0; d < directions.length; d++) {
        double shift = directions[d] < DIRECTIONS ? signs[d] * signal[t][directions[d]] : 0;
        values[t * directions.length + d] = (float) (shift + draws.nextGaussian());
      }
    }
    return new Features(signal.length, directions.length, values);
  }
}
