package dev.mer4j.eval.attribution;

/**
 * The times of the T steps of a modality, as shares of the segment's duration, in [0, 1]. Steps may
 * overlap, and may have gaps between them.
 */
public final class StepTimes {
  private final double[] starts;
  private final double[] middles;
  private final double[] ends;

  private StepTimes(double[] starts, double[] middles, double[] ends) {
    this.starts = starts;
    this.middles = middles;
    this.ends = ends;
  }

  /** Returns the times of steps that divide a section of the segment evenly. */
  public static StepTimes even(int steps, StepSpan span) {
    double[] starts = new double[steps];
    double[] middles = new double[steps];
    double[] ends = new double[steps];
    for (int t = 0; t < steps; t++) {
      starts[t] = span.at((double) t / steps);
      middles[t] = span.at((t + 0.5) / steps);
      ends[t] = span.at((t + 1.0) / steps);
    }
    return new StepTimes(starts, middles, ends);
  }

  /**
   * Returns given times.
   *
   * @param starts [T], in [0, 1]
   * @param ends [T], each at least the start
   */
  public static StepTimes of(double[] starts, double[] ends) {
    double[] middles = new double[starts.length];
    for (int t = 0; t < middles.length; t++) {
      middles[t] = (starts[t] + ends[t]) / 2;
    }
    return new StepTimes(starts.clone(), middles, ends.clone());
  }

  /** Returns T. */
  public int steps() {
    return starts.length;
  }

  public double start(int step) {
    return starts[step];
  }

  double middle(int step) {
    return middles[step];
  }

  public double end(int step) {
    return ends[step];
  }
}
