package dev.mer4j.data.synth;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.seed.SeedStream;

/**
 * Evidence whose sign another modality shows, as the tone shows irony. Each emotion has two
 * modalities. A fair sign z is drawn for each emotion; one modality has N(z·strength, {@value
 * EvidenceModel#NOISE}²), the other the same if the emotion is present and N(-z·strength, …) if
 * not. The third has noise only. Any single modality is independent of the labels.
 */
record InteractionEvidence(double strength) implements EvidenceModel {
  @Override
  public Evidence draw(int labels, SeedStream draws) {
    PerModality<double[]> values =
        PerModality.of(Modality.MOSEI, modality -> new double[Emotion.MOSEI.size()]);
    for (int c = 0; c < Emotion.MOSEI.size(); c++) {
      int sign = draws.nextBoolean() ? 1 : -1;
      for (Modality modality : Modality.MOSEI) {
        values.get(modality)[c] = NOISE * draws.nextGaussian();
      }
      values.get(tone(c))[c] += strength * sign;
      values.get(content(c))[c] += strength * sign * EvidenceModel.sign(labels, c);
    }
    return new Evidence(values);
  }

  /** By the sum over both signs, which are equally probable. */
  @Override
  public double logRatio(Evidence evidence, ModalitySet available, int emotion) {
    if (!available.contains(content(emotion)) || !available.contains(tone(emotion))) {
      return 0;
    }
    double scale = strength / (NOISE * NOISE);
    double content = scale * evidence.values().get(content(emotion))[emotion];
    double tone = scale * evidence.values().get(tone(emotion))[emotion];
    return logCosh(tone + content) - logCosh(tone - content);
  }

  private static Modality content(int emotion) {
    return Modality.MOSEI.get(emotion % 3);
  }

  private static Modality tone(int emotion) {
    return Modality.MOSEI.get((emotion + 1) % 3);
  }

  /** Returns log(2 cosh x) without overflow. */
  private static double logCosh(double x) {
    return Math.abs(x) + StrictMath.log1p(StrictMath.exp(-2 * Math.abs(x)));
  }
}
