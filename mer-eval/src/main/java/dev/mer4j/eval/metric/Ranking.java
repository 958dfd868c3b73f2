package dev.mer4j.eval.metric;

import dev.mer4j.data.Emotion;
import java.util.ArrayList;
import java.util.List;

/**
 * The confusion counts of one emotion at every possible threshold: the basis of average precision,
 * ROC-AUC and threshold selection.
 *
 * @param positives the number of segments that have the emotion
 * @param negatives the number of segments that do not
 * @param thresholds one per distinct probability, in descending order; all segments are at or above
 *     the last one
 */
public record Ranking(int positives, int negatives, List<Threshold> thresholds) {
  public Ranking {
    thresholds = List.copyOf(thresholds);
  }

  /**
   * The counts if segments at or above a probability are predicted.
   *
   * @param tp segments at or above {@code probability} that have the emotion
   * @param fp segments at or above {@code probability} that do not
   */
  public record Threshold(double probability, int tp, int fp) {}

  /** Ranks the rows by the emotion's probability in O(N log N). */
  public static Ranking of(List<LabeledPrediction> rows, Emotion emotion) {
    double[] present = sorted(rows, emotion, true);
    double[] absent = sorted(rows, emotion, false);
    List<Threshold> cuts = new ArrayList<>();
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
      cuts.add(new Threshold(probability, present.length - p, absent.length - a));
    }
    return new Ranking(present.length, absent.length, cuts);
  }

  /** Returns the average precision, in [0, 1]; NaN without positives. */
  public double averagePrecision() {
    return areas().averagePrecision();
  }

  /** Returns the area under the ROC curve, in [0, 1]; NaN without positives or negatives. */
  public double rocAuc() {
    return areas().rocAuc();
  }

  private RankingAreas areas() {
    RankingAreas areas = new RankingAreas();
    thresholds.forEach(cut -> areas.add(cut.tp, cut.fp));
    return areas;
  }

  private static double[] sorted(List<LabeledPrediction> rows, Emotion emotion, boolean present) {
    int label = rows.isEmpty() ? 0 : rows.get(0).labels().indexOf(emotion);
    return rows.stream()
        .filter(row -> row.present(label) == present)
        .mapToDouble(row -> row.prediction().probabilities().get(label))
        .sorted()
        .toArray();
  }
}
