package dev.mer4j.data.segment;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.csd.Rows;
import java.util.List;

/**
 * One row of the label file, {@code [sentiment, happy, sad, anger, surprise, disgust, fear]}.
 *
 * @param sanitized how many values were out of range and clamped, or were no number
 */
public record LabelRow(EmotionScores scores, int sanitized) {
  private static final float HIGHEST = 3;

  /** Returns whether the scores of all emotions are finite. */
  public static boolean isLabeled(Rows labels, int row) {
    for (int c = labels.width() - Emotion.MOSEI.size(); c < labels.width(); c++) {
      if (!Float.isFinite((float) labels.at(row, c))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Parses a row of 7 columns, or of 6 without the sentiment. A non-finite sentiment becomes NaN
   * and counts as sanitized.
   */
  public static LabelRow of(Rows labels, int row) {
    int sanitized = 0;
    int columns = Emotion.MOSEI.size() + 1;
    float[] values = new float[columns];
    values[0] = Float.NaN;
    for (int c = columns - labels.width(); c < columns; c++) {
      float found = (float) labels.at(row, c - columns + labels.width());
      float lowest = c == 0 ? -HIGHEST : 0;
      values[c] = Float.isFinite(found) ? Math.min(HIGHEST, Math.max(lowest, found)) : Float.NaN;
      if (values[c] != found) {
        sanitized++;
      }
    }
    return new LabelRow(scores(values), sanitized);
  }

  /**
   * Returns the mean of rows, and the sum of their sanitized values. The mean of the sentiment is
   * over the rows that have one.
   *
   * @param rows at least one
   */
  static LabelRow mean(List<LabelRow> rows) {
    float[] means = new float[Emotion.MOSEI.size() + 1];
    means[0] =
        (float)
            rows.stream()
                .mapToDouble(row -> row.scores().sentiment())
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    for (int c = 0; c < Emotion.MOSEI.size(); c++) {
      int label = c;
      means[1 + c] =
          (float) rows.stream().mapToDouble(row -> row.scores().of(label)).average().orElseThrow();
    }
    return new LabelRow(scores(means), rows.stream().mapToInt(LabelRow::sanitized).sum());
  }

  private static EmotionScores scores(float[] values) {
    EmotionScores.Builder scores = EmotionScores.builder().sentiment(values[0]);
    for (Emotion emotion : Emotion.MOSEI) {
      scores.score(emotion, values[1 + Emotion.MOSEI.indexOf(emotion)]);
    }
    return scores.build();
  }
}
