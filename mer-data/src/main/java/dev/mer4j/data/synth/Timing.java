package dev.mer4j.data.synth;

import dev.mer4j.seed.SeedStream;
import java.util.function.Supplier;

/** The steps of a sequence at which the evidence of a {@link Family} appears. */
enum Timing {
  /** Throughout 60 to 100 % of the steps. */
  SUSTAINED(1) {
    @Override
    void place(double[][] steps, double[] evidence, Supplier<double[]> others, SeedStream draws) {
      int length = (int) Math.ceil((0.6 + 0.4 * draws.nextDouble()) * steps.length);
      int from = draws.nextInt(steps.length - length + 1);
      add(steps, from, from + length, evidence, 1);
    }
  },

  /**
   * In {@value #EVENT} steps of a long sequence, which a cue marks. Two other events of the same
   * length have no cue and the evidence of other labels.
   */
  BRIEF(2) {
    @Override
    void place(double[][] steps, double[] evidence, Supplier<double[]> others, SeedStream draws) {
      int marked = draws.nextInt(3);
      for (int part = 0; part < 3; part++) {
        int from = event(steps.length, part, 3, draws);
        add(steps, from, from + EVENT, part == marked ? evidence : others.get(), GAIN);
        for (int t = from; t < from + EVENT && part == marked; t++) {
          steps[t][evidence.length] += GAIN;
        }
      }
    }
  },

  /**
   * In two events of {@value #EVENT} steps, first with one sign and then with the other, so that
   * the mean over the steps has none of it.
   */
  ORDERED(1) {
    @Override
    void place(double[][] steps, double[] evidence, Supplier<double[]> others, SeedStream draws) {
      for (int part = 0; part < 2; part++) {
        int from = event(steps.length, part, 2, draws);
        add(steps, from, from + EVENT, evidence, part == 0 ? GAIN : -GAIN);
      }
    }
  };

  /** The steps of an event. */
  private static final int EVENT = 2;

  /** The amplitude of events relative to sustained evidence. */
  private static final double GAIN = 2;

  private final int lengthFactor;

  Timing(int lengthFactor) {
    this.lengthFactor = lengthFactor;
  }

  /** Returns the factor on the number of steps. */
  int lengthFactor() {
    return lengthFactor;
  }

  /**
   * Adds the evidence.
   *
   * @param steps [T, C + 1], T at least 6, the last column for a cue
   * @param evidence [C]
   * @param others draws the evidence of other labels
   */
  abstract void place(
      double[][] steps, double[] evidence, Supplier<double[]> others, SeedStream draws);

  /** Returns the first step of an event at random within one of equal parts of a sequence. */
  private static int event(int steps, int part, int parts, SeedStream draws) {
    int length = steps / parts;
    return part * length + draws.nextInt(length - EVENT + 1);
  }

  private static void add(double[][] steps, int from, int to, double[] evidence, double gain) {
    for (int t = from; t < to; t++) {
      for (int c = 0; c < evidence.length; c++) {
        steps[t][c] += gain * evidence[c];
      }
    }
  }
}
