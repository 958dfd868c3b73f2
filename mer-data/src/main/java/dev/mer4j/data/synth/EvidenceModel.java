package dev.mer4j.data.synth;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.seed.SeedStream;

/**
 * The distribution of a segment's evidence given its labels. The evidence about one emotion is
 * independent of that about the others, given the labels.
 */
interface EvidenceModel {
  /** The standard deviation of the noise in the evidence. */
  double NOISE = 0.5;

  /**
   * Draws the evidence of a segment.
   *
   * @param labels its present emotions, as in {@link LabelPrior}
   */
  Evidence draw(int labels, SeedStream draws);

  /**
   * Returns the logarithm of the likelihood ratio of an emotion: how much more probable the
   * evidence of the available modalities is if the emotion is present than if it is absent.
   */
  double logRatio(Evidence evidence, ModalitySet available, int emotion);

  /**
   * Returns the logarithm of the likelihood ratio of one value from N(±strength, {@value #NOISE}²),
   * positive if the emotion is present.
   */
  static double logRatio(double value, double strength) {
    return 2 * strength * value / (NOISE * NOISE);
  }

  /** Returns 1 for a present emotion and -1 for an absent one. */
  static int sign(int labels, int emotion) {
    return LabelPrior.isPresent(labels, emotion) ? 1 : -1;
  }
}
