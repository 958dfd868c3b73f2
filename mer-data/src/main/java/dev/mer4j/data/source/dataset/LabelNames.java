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
    double[] scores = new double[size()];
    scores[number] = 1;
    return ofScores(scores);
  }

  /**
   * Returns the label of a segment.
   *
   * @param scores one for each name; the segment is unlabeled if one is not finite
   */
  SegmentLabel ofScores(double... scores) {
    List<Emotion> labels = labels();
    double[] ordered = new double[size()];
    for (int i = 0; i < ordered.length; i++) {
      if (!Double.isFinite(scores[i])) {
        return Labels.unlabeled(Float.NaN);
      }
      ordered[labels.indexOf(Emotion.of(texts.get(i)))] = scores[i];
    }
    if (isMosei(labels)) {
      return Labels.of(new Rows.Doubles(ordered.length, ordered), 0);
    }
    EmotionScores.Builder builder = EmotionScores.builder(labels);
    for (int i = 0; i < ordered.length; i++) {
      builder.score(labels.get(i), (float) ordered[i]);
    }
    return new SegmentLabel(builder.build(), Float.NaN, 0);
  }

  @Override
  public String toString() {
    return String.join(", ", texts);
  }
}
