package dev.mer4j.data.synth;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.seed.SeedStream;
import java.util.Arrays;

/**
 * Evidence with independent noise in each modality: N(strength, {@value EvidenceModel#NOISE}²) for
 * a present emotion, N(-strength, …) for an absent one.
 *
 * @param strengths [C] of each modality
 */
record IndependentEvidence(PerModality<double[]> strengths) implements EvidenceModel {
  /** Returns evidence of one strength per modality. */
  static IndependentEvidence of(double text, double audio, double visual) {
    return new IndependentEvidence(
        PerModality.of(
            Modality.TEXT, all(text), Modality.AUDIO, all(audio), Modality.VISUAL, all(visual)));
  }

  /** Returns evidence of one strength for two emotions in each modality, and another elsewhere. */
  static IndependentEvidence split(double own, double other) {
    PerModality<double[]> strengths =
        PerModality.of(Modality.MOSEI, modality -> all(other)).sorted();
    for (Emotion emotion : Emotion.MOSEI) {
      int c = Emotion.MOSEI.indexOf(emotion);
      strengths.get(Modality.MOSEI.get(c % Modality.MOSEI.size()))[c] = own;
    }
    return new IndependentEvidence(strengths);
  }

  private static double[] all(double strength) {
    double[] all = new double[Emotion.MOSEI.size()];
    Arrays.fill(all, strength);
    return all;
  }

  @Override
  public Evidence draw(int labels, SeedStream draws) {
    return new Evidence(
        PerModality.of(
            Modality.MOSEI,
            modality -> {
              double[] values = new double[Emotion.MOSEI.size()];
              for (int c = 0; c < values.length; c++) {
                values[c] =
                    strengths.get(modality)[c] * EvidenceModel.sign(labels, c)
                        + NOISE * draws.nextGaussian();
              }
              return values;
            }));
  }

  @Override
  public double logRatio(Evidence evidence, ModalitySet available, int emotion) {
    double sum = 0;
    for (Modality modality : available.toList()) {
      sum +=
          EvidenceModel.logRatio(
              evidence.values().get(modality)[emotion], strengths.get(modality)[emotion]);
    }
    return sum;
  }
}
