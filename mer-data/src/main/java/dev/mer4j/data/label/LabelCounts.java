package dev.mer4j.data.label;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.util.Locale;

/**
 * Counts of the segments whose scores do not identify one emotion, under a label scheme.
 *
 * @param segments the number of all segments
 * @param none the number of segments with no score above 0
 * @param tied the number of other segments with several highest scores
 * @param unlabeled the number of segments without labels
 */
public record LabelCounts(LabelSet scheme, int segments, int none, int tied, int unlabeled) {
  /** Counts the segments of a set. */
  public static LabelCounts of(LabelSet scheme, SegmentSet set) {
    LabelSet clear = LabelSet.singleLabel(scheme.labels(), TieRule.LEAVE_OUT);
    int unlabeled = 0;
    int none = 0;
    int tied = 0;
    for (int s = 0; s < set.size(); s++) {
      EmotionScores scores = set.info(s).scores();
      if (!scores.isLabeled()) {
        unlabeled++;
      } else if (scheme.none(scores)) {
        none++;
      } else if (clear.single(scores).isEmpty()) {
        tied++;
      }
    }
    return new LabelCounts(scheme, set.size(), none, tied, unlabeled);
  }

  /** Returns the number of segments that are excluded from the task. */
  public int excluded() {
    if (scheme.task() == Task.MULTI_LABEL) {
      return unlabeled;
    }
    return switch (scheme.ties()) {
      case FIRST_COLUMN -> unlabeled;
      case LEAVE_OUT -> none + tied + unlabeled;
      case NONE_CLASS -> tied + unlabeled;
    };
  }

  /** Returns the counts as a sentence. */
  @Override
  public String toString() {
    return unlabeled == 0
        ? labeled()
        : labeled() + String.format(Locale.ROOT, "; %,d have no labels and are skipped", unlabeled);
  }

  private String labeled() {
    if (scheme.task() == Task.MULTI_LABEL) {
      return String.format(
          Locale.ROOT, "several emotions at once: %,d of %,d segments show none", none, segments);
    }
    String each = String.format(Locale.ROOT, "one emotion each, ties %s: ", scheme.ties().key());
    return each
        + switch (scheme.ties()) {
          case LEAVE_OUT ->
              String.format(
                  Locale.ROOT,
                  "%,d of %,d segments are excluded: %,d show no emotion, %,d have several highest"
                      + " emotions",
                  none + tied,
                  segments,
                  none,
                  tied);
          case FIRST_COLUMN ->
              String.format(
                  Locale.ROOT,
                  "of %,d segments, %,d that show no emotion count as %s, and %,d with several"
                      + " highest emotions as the first of them",
                  segments,
                  none,
                  scheme.labels().get(0),
                  tied);
          case NONE_CLASS ->
              String.format(
                  Locale.ROOT,
                  "of %,d segments, %,d that show no emotion have the class none, and %,d with"
                      + " several highest emotions are excluded",
                  segments,
                  none,
                  tied);
        };
  }
}
