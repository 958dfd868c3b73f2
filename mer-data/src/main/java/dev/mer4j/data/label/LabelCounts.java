package dev.mer4j.data.label;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.data.label.LabelScheme.TieRule;
import java.util.Locale;

/**
 * What a scheme makes of segments whose scores do not say clearly which emotion they show.
 *
 * @param segments how many there are in all
 * @param none how many have no score above 0
 * @param tied how many others have several highest scores
 */
public record LabelCounts(LabelScheme scheme, int segments, int none, int tied) {
  /** Counts. */
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

  /** How many are not part of the task. */
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

  /** All of it in words. */
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
                  "%,d of %,d segments are left out, %,d that show no emotion and %,d with several"
                      + " highest ones",
                  excluded(),
                  segments,
                  none,
                  tied);
          case FIRST_COLUMN ->
              String.format(
                  Locale.ROOT,
                  "of %,d segments, %,d that show no emotion count as happy, and %,d with several"
                      + " highest ones as the first of them",
                  segments,
                  none,
                  tied);
          case NONE_CLASS ->
              String.format(
                  Locale.ROOT,
                  "of %,d segments, %,d that show no emotion are of the class none, and %,d with"
                      + " several highest ones are left out",
                  segments,
                  none,
                  tied);
        };
  }
}
