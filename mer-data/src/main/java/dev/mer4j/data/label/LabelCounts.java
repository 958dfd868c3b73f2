package dev.mer4j.data.label;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.data.label.LabelScheme.TieRule;
import java.util.Locale;

/**
 * Counts of the segments whose scores do not identify one emotion, under a label scheme.
 *
 * @param segments the number of all segments
 * @param none the number of segments with no score above 0
 * @param tied the number of other segments with several highest scores
 */
public record LabelCounts(LabelScheme scheme, int segments, int none, int tied) {
  /** Counts the segments of a set. */
  public static LabelCounts of(LabelScheme scheme, SegmentSet set) {
    int none = 0;
    int tied = 0;
    for (int s = 0; s < set.size(); s++) {
      EmotionScores scores = set.info(s).scores();
      if (scores.none()) {
        none++;
      } else if (LabelScheme.single(scores, TieRule.LEAVE_OUT).isEmpty()) {
        tied++;
      }
    }
    return new LabelCounts(scheme, set.size(), none, tied);
  }

  /** Returns the number of segments that are excluded from the task. */
  public int excluded() {
    if (scheme.task() == Task.MULTI_LABEL) {
      return 0;
    }
    return switch (scheme.ties()) {
      case FIRST_COLUMN -> 0;
      case LEAVE_OUT -> none + tied;
      case NONE_CLASS -> tied;
    };
  }

  /** Returns the counts as a sentence. */
  @Override
  public String toString() {
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
                  excluded(),
                  segments,
                  none,
                  tied);
          case FIRST_COLUMN ->
              String.format(
                  Locale.ROOT,
                  "of %,d segments, %,d that show no emotion count as happy, and %,d with several"
                      + " highest emotions as the first of them",
                  segments,
                  none,
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
