package dev.mer4j.report.internal.page;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.attribution.Attribution;
import dev.mer4j.eval.attribution.Attributions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the most confident wrong predictions. */
final class WorstErrors {
  private WorstErrors() {}

  /**
   * A wrong prediction.
   *
   * @param row its row in the predictions
   * @param probability the predicted probability of the emotion
   * @param misled the modality with the largest contribution in the wrong direction, if any
   */
  record WrongAnswer(
      int row,
      String segment,
      Emotion emotion,
      boolean present,
      double probability,
      Optional<Modality> misled) {
    /** Returns the absolute difference of probability and label. */
    double distance() {
      return Math.abs((present ? 1 : 0) - probability);
    }
  }

  static List<WrongAnswer> of(Attributions attributions, int most) {
    List<WrongAnswer> wrong = new ArrayList<>();
    for (int s = 0; s < attributions.rows().size(); s++) {
      Attribution row = attributions.rows().get(s);
      EmotionScores scores = row.prediction().segment().scores();
      LabelSet labels = attributions.predictions().scheme();
      for (Emotion emotion : scores.labels()) {
        boolean present = labels.present(scores, labels.indexOf(emotion));
        if (attributions.predictions().predicted(s).contains(emotion) != present) {
          wrong.add(
              new WrongAnswer(
                  s,
                  row.prediction().segment().id().toString(),
                  emotion,
                  present,
                  row.prediction().probability(emotion),
                  misled(row, emotion, present)));
        }
      }
    }
    wrong.sort(Comparator.comparingDouble(WrongAnswer::distance).reversed());
    return List.copyOf(wrong.subList(0, Math.min(most, wrong.size())));
  }

  private static Optional<Modality> misled(Attribution row, Emotion emotion, boolean present) {
    double sign = present ? -1 : 1;
    return row.shapley().modalities().stream()
        .filter(modality -> sign * row.of(modality, emotion) > 0)
        .max(Comparator.comparingDouble(modality -> sign * row.of(modality, emotion)));
  }
}
