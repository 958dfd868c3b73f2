package dev.mer4j.train;

/**
 * The exponential moving average of a model's parameters. After n steps it is the mean of their
 * values after each step i, with weights proportional to dⁿ⁻ⁱ. The weights add up to 1, as with the
 * bias correction of Adam (Kingma and Ba, 2015, section 3), so that the initial parameters have no
 * influence and the first average equals the parameters after the first step.
 */
final class ParameterAverage {
  private final double decay;
  private final float[] values;
  private int steps;

  /**
   * Creates an average without steps.
   *
   * @param decay d, in (0, 1)
   * @param parameters P
   */
  ParameterAverage(double decay, int parameters) {
    this.decay = decay;
    this.values = new float[parameters];
  }

  /** Adds the parameters [P] after a step. */
  void add(float[] parameters) {
    steps++;
    double rate = (1 - decay) / (1 - StrictMath.pow(decay, steps));
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (rate * (parameters[i] - values[i]));
    }
  }

  /** Exchanges the average and the parameters [P]. */
  void exchange(float[] parameters) {
    for (int i = 0; i < values.length; i++) {
      float own = values[i];
      values[i] = parameters[i];
      parameters[i] = own;
    }
  }

  /** Returns a copy of the average [P]. */
  float[] values() {
    return values.clone();
  }

  /** Restores the average [P] after n steps. */
  void restore(float[] average, int n) {
    System.arraycopy(average, 0, values, 0, values.length);
    steps = n;
  }
}
