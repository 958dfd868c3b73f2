package dev.mer4j.data.inspect;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Split;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distribution of the labels over the folds.
 *
 * @param counts the counts of each split that occurs
 * @param unlabelled the ids in a fold that are not in the label file
 * @param unassigned the ids in the label file that are in no fold
 */
public record FoldReport(
    Map<Split, Counts> counts, List<String> unlabelled, List<String> unassigned) {
  public FoldReport {
    Map<Split, Counts> copy = new EnumMap<>(Split.class);
    copy.putAll(counts);
    counts = Collections.unmodifiableMap(copy);
    unlabelled = List.copyOf(unlabelled);
    unassigned = List.copyOf(unassigned);
  }

  /**
   * The counts of one split.
   *
   * @param positives the number of segments that show each emotion
   */
  public record Counts(int videos, int segments, Map<Emotion, Integer> positives) {
    public Counts {
      positives = Collections.unmodifiableMap(new LinkedHashMap<>(positives));
    }
  }
}
