package dev.mer4j.eval.metric;

import dev.mer4j.data.Emotion;
import java.util.ArrayList;
import java.util.List;

/**
 * What every possible threshold on one emotion's probability would find: the curve behind average
 * precision, ROC-AUC and the choice of a threshold.
 *
 * @param positives segments that have the emotion
 * @param negatives segments that do not
 * @param cuts one per distinct probability, the highest first; the last one takes in everything
 */
public record Ranking(int positives, int negatives, List<Cut> cuts) {
  public Ranking {
    cuts = List.copyOf(cuts);
  }

  /**
   * What counts as predicted if everything from a probability on does.
   *
   * @param tp segments at or above {@code probability} that have the emotion
   * @param fp segments at or above {@code probability} that do not
   */
  public record Cut(double probability, int tp, int fp) {}

  /** Ranks the rows by the emotion's probability in O(N log N). */
  public static Ranking of(List<Judged> rows, Emotion emotion) {
    double[] present = sorted(rows, emotion, true);
    double[] absent = sorted(rows, emotion, false);
    List<Cut> cuts = new ArrayList<>();
    int p = present.length;
    int a = absent.length;
    while (p > 0 || a > 0) {
      double probability = Math.max(p > 0 ? present[p - 1] : 0, a > 0 ? absent[a - 1] : 0);
      while (p > 0 && present[p - 1] >= probability) {
        p--;
      }
      while (a > 0 && absent[a - 1] >= probability) {
        a--;
      }
      cuts.add(new Cut(probability, present.length - p, absent.length - a));
    }
    return new Ranking(present.length, absent.length, cuts);
  }

  /**
   * Precision averaged over the positives, Σ (R<sub>n</sub> - R<sub>n-1</sub>) P<sub>n</sub> over
   * the cuts, without interpolation; NaN if there is no positive.
   */
  public double averagePrecision() {
    double sum = 0;
    int found = 0;
    for (Cut cut : cuts) {
      sum += (double) (cut.tp - found) * cut.tp / (cut.tp + cut.fp);
      found = cut.tp;
    }
    return positives == 0 ? Double.NaN : sum / positives;
  }

  /**
   * The chance that a positive ranks above a negative, ties counting half; NaN unless there are
   * both.
   */
  public double rocAuc() {
    double twiceTheArea = 0;
    int tp = 0;
    int fp = 0;
    for (Cut cut : cuts) {
      twiceTheArea += (double) (cut.fp - fp) * (cut.tp + tp);
      tp = cut.tp;
      fp = cut.fp;
    }
    return positives == 0 || negatives == 0 ? Double.NaN : twiceTheArea / 2 / positives / negatives;
  }

  private static double[] sorted(List<Judged> rows, Emotion emotion, boolean present) {
    return rows.stream()
        .filter(row -> row.present(emotion) == present)
        .mapToDouble(row -> row.prediction().probability(emotion))
        .sorted()
        .toArray();
  }
}
