package dev.mer4j.data.source.dataset;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.LabelRow;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;

/** Makes labels of what files hold. */
final class Labels {
  private Labels() {}

  /** Returns the absence of labels, with the sentiment where it is known. */
  static SegmentLabel unlabeled(float sentiment) {
    EmotionScores.Builder scores = EmotionScores.builder().sentiment(sentiment);
    for (Emotion emotion : Emotion.values()) {
      scores.score(emotion, Float.NaN);
    }
    return new SegmentLabel(scores.build(), sentiment, 0);
  }

  /** Whether there are scores of emotions. */
  static boolean isLabeled(SegmentLabel label) {
    return !Float.isNaN(label.scores().happy());
  }

  /** Returns the label of 6 numbers, or of 7 with the sentiment first. */
  static SegmentLabel of(Rows rows, int row) {
    LabelRow label = LabelRow.of(rows, row);
    if (!LabelRow.isLabeled(rows, row)) {
      return unlabeled(label.scores().sentiment());
    }
    return new SegmentLabel(label.scores(), label.scores().sentiment(), label.sanitized());
  }
}
