package dev.mer4j.data.source.dataset;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import java.util.List;

/**
 * The names of labels, in the order of their numbers or columns in a file.
 *
 * @param texts empty if no names are known
 */
record LabelNames(List<String> texts) {
  LabelNames {
    texts = List.copyOf(texts);
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  int size() {
    return texts.size();
  }

  /** Returns the labels; those of CMU-MOSEI in the order of its label file. */
  List<Emotion> labels() {
    List<Emotion> all = texts.stream().map(Emotion::of).toList();
    return isMosei(all) ? Emotion.MOSEI : all;
  }

  private static boolean isMosei(List<Emotion> labels) {
    return labels.size() == Emotion.MOSEI.size() && labels.containsAll(Emotion.MOSEI);
  }

  /** Returns the label of a segment that has exactly one. */
  SegmentLabel ofClass(int number) {
    return ofClass(number, Float.NaN);
  }

  /**
   * Returns the label of a segment that has exactly one.
   *
   * @param sentiment NaN if unknown
   */
  SegmentLabel ofClass(int number, float sentiment) {
    double[] scores = new double[size()];
    scores[number] = 1;
    return ofScores(scores, sentiment);
  }

  /**
   * Returns the label of a segment. Scores of CMU-MOSEI's emotions are clamped to their range.
   *
   * @param scores one for each name; the segment is unlabeled if one is not finite
   * @param sentiment NaN if unknown
   */
  SegmentLabel ofScores(double[] scores, float sentiment) {
    List<Emotion> labels = labels();
    double[] ordered = new double[size()];
    for (int i = 0; i < ordered.length; i++) {
      if (!Double.isFinite(scores[i])) {
        return Labels.notFinite(sentiment);
      }
      ordered[labels.indexOf(Emotion.of(texts.get(i)))] = scores[i];
    }
    return isMosei(labels) ? mosei(ordered, sentiment) : own(labels, ordered, sentiment);
  }

  private static SegmentLabel mosei(double[] scores, float sentiment) {
    if (Float.isNaN(sentiment)) {
      return Labels.of(new Rows.Doubles(scores.length, scores), 0);
    }
    double[] values = new double[1 + scores.length];
    values[0] = sentiment;
    System.arraycopy(scores, 0, values, 1, scores.length);
    return Labels.of(new Rows.Doubles(values.length, values), 0);
  }

  private static SegmentLabel own(List<Emotion> labels, double[] scores, float sentiment) {
    EmotionScores.Builder builder = EmotionScores.builder(labels).sentiment(sentiment);
    for (int i = 0; i < scores.length; i++) {
      builder.score(labels.get(i), (float) scores[i]);
    }
    return new SegmentLabel(builder.build(), sentiment, 0, true);
  }

  @Override
  public String toString() {
    return String.join(", ", texts);
  }
}
