package dev.mer4j.eval.threshold;

/** The counts of macro-F1 in the single-label task, which follow single changes of predictions. */
final class ClassCounts {
  private final int[] truth;
  private final int[] support;
  private final int[] predicted;
  private final int[] right;

  /**
   * Counts the labels.
   *
   * @param truth [N], the class of each segment
   */
  ClassCounts(int[] truth, int classes) {
    this.truth = truth;
    support = new int[classes];
    predicted = new int[classes];
    right = new int[classes];
    for (int label : truth) {
      support[label]++;
    }
  }

  int support(int label) {
    return support[label];
  }

  /** Replaces all predictions [N]. */
  void predict(int[] labels) {
    for (int c = 0; c < support.length; c++) {
      predicted[c] = 0;
      right[c] = 0;
    }
    for (int s = 0; s < truth.length; s++) {
      add(s, labels[s], 1);
    }
  }

  /** Changes the prediction of one segment. */
  void move(int segment, int from, int to) {
    add(segment, from, -1);
    add(segment, to, 1);
  }

  private void add(int segment, int label, int count) {
    predicted[label] += count;
    right[label] += truth[segment] == label ? count : 0;
  }

  /** Returns the mean F1 over the classes that occur in labels or predictions. */
  double macroF1() {
    double sum = 0;
    int occurring = 0;
    for (int c = 0; c < support.length; c++) {
      int both = support[c] + predicted[c];
      if (both > 0) {
        sum += 2.0 * right[c] / both;
        occurring++;
      }
    }
    return sum / occurring;
  }
}
