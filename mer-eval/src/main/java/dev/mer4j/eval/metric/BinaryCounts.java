package dev.mer4j.eval.metric;

import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import java.util.List;
import java.util.Locale;

/**
 * The confusion counts of a binary classification.
 *
 * <p>A ratio without a denominator is 0, as with scikit-learn's {@code zero_division=0}.
 *
 * @param tp true positives
 * @param fp false positives
 * @param fn false negatives
 * @param tn true negatives
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

  /** Counts the predictions of one emotion. */
  public static BinaryCounts of(List<LabeledPrediction> rows, Emotion emotion) {
    int[] counts = new int[4];
    int label = rows.isEmpty() ? 0 : rows.get(0).labels().indexOf(emotion);
    for (LabeledPrediction row : rows) {
      counts[(row.present(label) ? 2 : 0) + (row.predicted(emotion) ? 1 : 0)]++;
    }
    return of(counts);
  }

  /** Counts the predictions of all emotions of one row. */
  static BinaryCounts of(LabeledPrediction row) {
    int[] counts = new int[4];
    for (int c = 0; c < row.labels().labels().size(); c++) {
      counts[(row.present(c) ? 2 : 0) + (row.predicted(c) ? 1 : 0)]++;
    }
    return of(counts);
  }

  private static BinaryCounts of(int[] counts) {
    return new BinaryCounts(counts[3], counts[1], counts[2], counts[0]);
  }

  public BinaryCounts plus(BinaryCounts other) {
    return new BinaryCounts(tp + other.tp, fp + other.fp, fn + other.fn, tn + other.tn);
  }

  /** Returns the counts with positives and negatives exchanged. */
  public BinaryCounts negated() {
    return new BinaryCounts(tn, fn, fp, tp);
  }

  /** Returns N, the number of predictions. */
  public int total() {
    return tp + fp + fn + tn;
  }

  /** Returns the number of labeled positives. */
  public int support() {
    return tp + fn;
  }

  public double precision() {
    return ratio(tp, tp + fp);
  }

  public double recall() {
    return ratio(tp, tp + fn);
  }

  /** Returns the F1 of the positives: 2 tp / (2 tp + fp + fn). */
  public double f1() {
    return ratio(2.0 * tp, 2.0 * tp + fp + fn);
  }

  /** Returns the mean F1 of positives and negatives, weighted by support. */
  public double weightedF1() {
    return ratio(support() * f1() + negated().support() * negated().f1(), total());
  }

  public double accuracy() {
    return ratio(tp + tn, total());
  }

  /**
   * Returns the mean recall of positives and negatives, or the recall of the only one that occurs.
   * If both occur, it is the weighted accuracy of papers on this data set, (tp · N/P + tn) / 2N,
   * with P positives and N negatives.
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
