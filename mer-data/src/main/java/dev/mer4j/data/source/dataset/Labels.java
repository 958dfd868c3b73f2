package dev.mer4j.data.source.dataset;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.LabelRow;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;

/** Creates labels from the numbers of a file. */
final class Labels {
  private Labels() {}

  /** Returns the absence of labels, with the sentiment if it is known. */
  static SegmentLabel unlabeled(float sentiment) {
    return new SegmentLabel(EmotionScores.UNLABELED, sentiment, 0, true);
  }

  /** Returns the absence of labels because the file has NaN or an infinite number. */
  static SegmentLabel notFinite(float sentiment) {
    return new SegmentLabel(
        EmotionScores.UNLABELED, Float.isFinite(sentiment) ? sentiment : Float.NaN, 0, false);
  }

  /** Returns whether there are scores of emotions. */
  static boolean isLabeled(SegmentLabel label) {
    return label.scores().isLabeled();
  }

  /** Returns the label of 6 numbers, or of 7 with the sentiment first. */
  static SegmentLabel of(Rows rows, int row) {
    if (!LabelRow.isLabeled(rows, row)) {
      float sentiment = rows.width() > Emotion.MOSEI.size() ? (float) rows.at(row, 0) : Float.NaN;
      return notFinite(sentiment);
    }
    LabelRow label = LabelRow.of(rows, row);
    return new SegmentLabel(label.scores(), label.scores().sentiment(), label.sanitized(), true);
  }
}
