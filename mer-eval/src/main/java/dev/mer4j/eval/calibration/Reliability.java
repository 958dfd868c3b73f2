package dev.mer4j.eval.calibration;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.eval.metric.LabeledPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The frequency of an emotion by its predicted probability (a reliability diagram). In the
 * single-label task it is that of the segments of the task whose class it is.
 *
 * @param bins of equal width from 0 to 1; the last one includes 1
 */
public record Reliability(List<Bin> bins) {
  /** The number of bins. */
  public static final int BINS = 10;

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * The segments whose predicted probability is in one bin.
   *
   * @param count the number of segments
   * @param probability mean predicted probability; NaN in an empty bin
   * @param frequency share of these segments that have the emotion; NaN in an empty bin
   */
  public record Bin(int count, double probability, double frequency) {}

  /** Bins one emotion's probabilities. */
  public static Reliability of(Predictions predictions, Emotion emotion) {
    return of(predictions, new int[] {predictions.scheme().indexOf(emotion)});
  }

  /** Bins the probabilities of all classes together. */
  public static Reliability of(Predictions predictions) {
    return of(predictions, IntStream.range(0, predictions.scheme().classCount()).toArray());
  }

  private static Reliability of(Predictions predictions, int[] classes) {
    int[] count = new int[BINS];
    int[] present = new int[BINS];
    double[] sum = new double[BINS];
    for (LabeledPrediction row : LabeledPrediction.of(predictions)) {
      Optional<float[]> targets = predictions.scheme().targets(row.prediction().segment().scores());
      if (targets.isPresent()) {
        for (int c : classes) {
          double probability = row.prediction().probabilities().get(c);
          int bin = Math.min(BINS - 1, (int) (probability * BINS));
          count[bin]++;
          sum[bin] += probability;
          present[bin] += targets.get()[c] > 0 ? 1 : 0;
        }
      }
    }
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      bins.add(
          count[b] == 0
              ? new Bin(0, Double.NaN, Double.NaN)
              : new Bin(count[b], sum[b] / count[b], (double) present[b] / count[b]));
    }
    return new Reliability(bins);
  }

  /**
   * Returns the expected calibration error (Naeini et al., 2015): the mean absolute difference of
   * probability and frequency, each bin weighted by its count.
   */
  public double ece() {
    double sum = 0;
    int count = 0;
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        sum += bin.count() * Math.abs(bin.probability() - bin.frequency());
        count += bin.count();
      }
    }
    return sum / count;
  }
}
