package dev.mer4j.data.synth;

import dev.mer4j.data.Emotion;
import dev.mer4j.seed.SeedStream;

/**
 * The joint distribution of the six labels in a {@link Family}: CMU-MOSEI's frequencies, correlated
 * by a hidden mood that makes some emotions more likely and others less. Sets of labels are bits,
 * bit c for the emotion c of {@link Emotion#MOSEI}.
 */
final class LabelPrior {
  /** The fraction of segments that have each emotion in CMU-MOSEI. */
  static final double[] FREQUENCIES = {0.536, 0.259, 0.216, 0.100, 0.177, 0.083};

  /** The relative increase of each frequency in the pleasant mood, and decrease in the other. */
  private static final double[] LEANINGS = {0.6, -0.7, -0.9, 0.1, -0.9, -0.7};

  private static final int SETS = 1 << FREQUENCIES.length;
  private static final double[] PROBABILITIES = probabilities();

  private LabelPrior() {}

  /**
   * Labels with the mood that they were drawn in.
   *
   * @param bits the present emotions
   */
  record Draw(int bits, boolean pleasant) {
    boolean has(int emotion) {
      return isPresent(bits, emotion);
    }
  }

  static Draw draw(SeedStream draws) {
    boolean pleasant = draws.nextBoolean();
    int bits = 0;
    for (int c = 0; c < FREQUENCIES.length; c++) {
      if (draws.nextDouble() < probability(c, pleasant)) {
        bits |= 1 << c;
      }
    }
    return new Draw(bits, pleasant);
  }

  static boolean isPresent(int bits, int emotion) {
    return (bits >> emotion & 1) == 1;
  }

  /**
   * Returns the probability of each emotion.
   *
   * @param logRatios [C], the logarithm of the likelihood ratio of each emotion's evidence
   * @return [C]
   */
  static double[] posterior(double[] logRatios) {
    int emotions = FREQUENCIES.length;
    double[] logs = new double[SETS];
    double highest = Double.NEGATIVE_INFINITY;
    for (int bits = 0; bits < SETS; bits++) {
      for (int c = 0; c < emotions; c++) {
        logs[bits] += isPresent(bits, c) ? logRatios[c] : 0;
      }
      highest = Math.max(highest, logs[bits]);
    }
    double sum = 0;
    double[] present = new double[emotions];
    for (int bits = 0; bits < SETS; bits++) {
      double weight = PROBABILITIES[bits] * StrictMath.exp(logs[bits] - highest);
      sum += weight;
      for (int c = 0; c < emotions; c++) {
        present[c] += isPresent(bits, c) ? weight : 0;
      }
    }
    for (int c = 0; c < emotions; c++) {
      present[c] = Math.min(1, present[c] / sum);
    }
    return present;
  }

  private static double probability(int emotion, boolean pleasant) {
    return FREQUENCIES[emotion] * (1 + (pleasant ? LEANINGS[emotion] : -LEANINGS[emotion]));
  }

  private static double[] probabilities() {
    double[] all = new double[SETS];
    for (int bits = 0; bits < SETS; bits++) {
      all[bits] = (joint(bits, true) + joint(bits, false)) / 2;
    }
    return all;
  }

  private static double joint(int bits, boolean pleasant) {
    double product = 1;
    for (int c = 0; c < FREQUENCIES.length; c++) {
      double present = probability(c, pleasant);
      product *= isPresent(bits, c) ? present : 1 - present;
    }
    return product;
  }
}
