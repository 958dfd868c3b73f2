package dev.mer4j.eval.threshold;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Fits the thresholds of the single-label task by coordinate ascent on macro-F1, from equal ones.
 *
 * <p>For each class in turn, macro-F1 is computed for every threshold that changes a prediction,
 * with the other thresholds fixed, in O(N log N + N·C). The best one replaces the current threshold
 * if it is strictly better; of equally good ones, the one whose ratio to the current threshold is
 * closest to 1, and the higher of two at the same distance. The search ends when no class can be
 * improved. "Never" and "always this class" are among the candidates, so the result is at least the
 * best constant predictor. Classes that no segment has keep their initial threshold.
 */
final class ClassThresholdFitter {
  /** The largest difference of equal values of macro-F1. */
  private static final double ROUNDING = 1e-12;

  private final List<List<Double>> probabilities;
  private final int[] truth;
  private final ClassCounts counts;
  private double[] thresholds;
  private double macroF1;

  private ClassThresholdFitter(List<List<Double>> probabilities, int[] truth, int classes) {
    this.probabilities = probabilities;
    this.truth = truth;
    counts = new ClassCounts(truth, classes);
    thresholds = new double[classes];
    Arrays.fill(thresholds, 0.5);
    macroF1 = macroF1(thresholds);
  }

  /** Returns the fitted thresholds [C]; one half for each class without segments of the task. */
  static Thresholds fit(Predictions predictions) {
    int classes = predictions.scheme().classCount();
    List<Prediction> rows =
        predictions.rows().stream().filter(row -> truth(predictions, row).isPresent()).toList();
    if (rows.isEmpty()) {
      return Thresholds.half(classes);
    }
    return new ClassThresholdFitter(
            rows.stream().map(Prediction::probabilities).toList(),
            rows.stream().mapToInt(row -> truth(predictions, row).orElseThrow()).toArray(),
            classes)
        .fit();
  }

  private static OptionalInt truth(Predictions predictions, Prediction row) {
    return predictions.scheme().single(row.segment().scores());
  }

  private Thresholds fit() {
    boolean improved = true;
    while (improved) {
      improved = false;
      for (int c = 0; c < thresholds.length; c++) {
        improved |= counts.support(c) > 0 && improve(c);
      }
    }
    return normalized();
  }

  /** Replaces the threshold of a class by a better one, if there is one. */
  private boolean improve(int label) {
    double[] changed = thresholds.clone();
    changed[label] = best(label);
    // Evaluated as predictions are, so that a rounded threshold cannot lower macro-F1.
    double score = macroF1(changed);
    if (score <= macroF1 + ROUNDING) {
      return false;
    }
    thresholds = changed;
    macroF1 = score;
    return true;
  }

  /** Returns the best threshold of a class. */
  private double best(int label) {
    int[] rivals = new int[truth.length];
    double[] below = new double[truth.length]; // the class is predicted for thresholds below
    for (int s = 0; s < truth.length; s++) {
      List<Double> own = probabilities.get(s);
      rivals[s] = predicted(own, thresholds, label);
      double rival = Thresholds.ratio(own.get(rivals[s]), thresholds[rivals[s]]);
      below[s] = Thresholds.ratio(own.get(label), rival);
    }
    int[] order =
        IntStream.range(0, truth.length)
            .boxed()
            .sorted((a, b) -> Double.compare(below[b], below[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    counts.predict(rivals);
    double best = 2 * below[order[0]];
    double highest = counts.macroF1();
    for (int i = 0; i < order.length; i++) {
      counts.move(order[i], rivals[order[i]], label);
      double high = below[order[i]];
      double low = i + 1 < order.length ? below[order[i + 1]] : high / 4;
      double candidate = Math.sqrt(high) * Math.sqrt(low);
      if (low < candidate && candidate < high) {
        double score = counts.macroF1();
        // Candidates descend, so of two at equal distance the higher one is kept.
        boolean nearer = distance(candidate, label) < distance(best, label);
        if (score > highest + ROUNDING || (score >= highest - ROUNDING && nearer)) {
          best = candidate;
          highest = Math.max(highest, score);
        }
      }
    }
    return best;
  }

  private double distance(double candidate, int label) {
    return Math.abs(StrictMath.log(candidate / thresholds[label]));
  }

  private double macroF1(double[] candidate) {
    counts.predict(probabilities.stream().mapToInt(row -> predicted(row, candidate, -1)).toArray());
    return counts.macroF1();
  }

  /** Returns the class with the highest ratio, the first on a tie, among all except one. */
  private static int predicted(List<Double> row, double[] thresholds, int except) {
    int best = -1;
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < thresholds.length; c++) {
      double ratio = Thresholds.ratio(row.get(c), thresholds[c]);
      if (c != except && ratio > highest) {
        best = c;
        highest = ratio;
      }
    }
    return best;
  }

  /** Scales the highest threshold to [0.5, 1) by a power of two, which changes no comparison. */
  private Thresholds normalized() {
    double highest = Arrays.stream(thresholds).max().orElseThrow();
    int shift = -1 - Math.getExponent(highest);
    return new Thresholds(
        Arrays.stream(thresholds).map(t -> Math.scalb(t, shift)).boxed().toList());
  }
}
