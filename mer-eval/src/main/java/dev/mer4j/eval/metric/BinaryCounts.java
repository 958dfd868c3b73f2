package dev.mer4j.eval.metric;

import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import java.util.List;
import java.util.Locale;

/**
 * How often a yes-or-no question was answered rightly and wrongly.
 *
 * <p>A ratio without a denominator is 0, as with scikit-learn's {@code zero_division=0}.
 *
 * @param tp positives found
 * @param fp negatives taken for positives
 * @param fn positives missed
 * @param tn negatives left alone
 */
public record BinaryCounts(int tp, int fp, int fn, int tn) {
  public BinaryCounts {
    if (tp < 0 || fp < 0 || fn < 0 || tn < 0) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "counts must not be negative: tp %d, fp %d, fn %d, tn %d",
              tp,
              fp,
              fn,
              tn));
    }
  }

  /** Counts the answers to "is this emotion present?". */
  public static BinaryCounts of(List<LabeledPrediction> rows, Emotion emotion) {
    int[] counts = new int[4];
    for (LabeledPrediction row : rows) {
      counts[(row.present(emotion) ? 2 : 0) + (row.predicted(emotion) ? 1 : 0)]++;
    }
    return new BinaryCounts(counts[3], counts[1], counts[2], counts[0]);
  }

  public BinaryCounts plus(BinaryCounts other) {
    return new BinaryCounts(tp + other.tp, fp + other.fp, fn + other.fn, tn + other.tn);
  }

  /** The same answers to the opposite question. */
  public BinaryCounts negated() {
    return new BinaryCounts(tn, fn, fp, tp);
  }

  /** N: all answers. */
  public int total() {
    return tp + fp + fn + tn;
  }

  /** How many positives there truly are. */
  public int support() {
    return tp + fn;
  }

  public double precision() {
    return ratio(tp, tp + fp);
  }

  public double recall() {
    return ratio(tp, tp + fn);
  }

  /** F1 of the positives: 2 tp / (2 tp + fp + fn). */
  public double f1() {
    return ratio(2.0 * tp, 2.0 * tp + fp + fn);
  }

  /** F1 of positives and of negatives, each weighted by how many there truly are. */
  public double weightedF1() {
    return ratio(support() * f1() + negated().support() * negated().f1(), total());
  }

  public double accuracy() {
    return ratio(tp + tn, total());
  }

  /**
   * Mean recall of positives and negatives; where only one of them occurs, its recall. With both it
   * is what papers on this dataset call weighted accuracy, (tp · N/P + tn) / 2N, P being the
   * positives and N the negatives.
   */
  public double balancedAccuracy() {
    if (support() == 0) {
      return negated().recall();
    }
    return negated().support() == 0 ? recall() : (recall() + negated().recall()) / 2;
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
