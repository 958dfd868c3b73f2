package dev.mer4j.eval.metric;

import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each.
 *
 * @param rows [C, C]: rows are the truth, columns what was predicted, both in the order of {@link
 *     dev.mer4j.data.label.LabelScheme#classes}: the emotions, and none where that is a class
 */
public record ConfusionMatrix(List<List<Integer>> rows) {
  public ConfusionMatrix {
    rows = rows.stream().map(List::copyOf).toList();
    int classes = rows.size();
    if (classes < Emotion.COUNT || rows.stream().anyMatch(r -> r.size() != classes)) {
      throw new MerException("a confusion matrix is 6 by 6, or 7 by 7 with none: " + rows);
    }
  }

  /**
   * Copies the counts.
   *
   * @param counts [C, C], rows the truth
   */
  public static ConfusionMatrix of(int[][] counts) {
    return new ConfusionMatrix(
        Arrays.stream(counts).map(row -> IntStream.of(row).boxed().toList()).toList());
  }

  public int count(Emotion truth, Emotion predicted) {
    return count(truth.ordinal(), predicted.ordinal());
  }

  public int count(int truth, int predicted) {
    return rows.get(truth).get(predicted);
  }

  /** C. */
  public int classes() {
    return rows.size();
  }

  /** All segments counted. */
  public int total() {
    return rows.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  /** This emotion against all others. */
  public BinaryCounts counts(Emotion emotion) {
    return counts(emotion.ordinal());
  }

  /** This class against all others. */
  public BinaryCounts counts(int label) {
    int tp = count(label, label);
    int truth = 0;
    int predicted = 0;
    for (int other = 0; other < classes(); other++) {
      truth += count(label, other);
      predicted += count(other, label);
    }
    return new BinaryCounts(tp, predicted - tp, truth - tp, total() - truth - predicted + tp);
  }
}
