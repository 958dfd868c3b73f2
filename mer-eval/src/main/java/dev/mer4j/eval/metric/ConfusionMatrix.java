package dev.mer4j.eval.metric;

import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each emotion was taken for each.
 *
 * @param rows [C, C]: rows are the truth, columns what was predicted, both in the order of {@link
 *     Emotion}
 */
public record ConfusionMatrix(List<List<Integer>> rows) {
  public ConfusionMatrix {
    rows = rows.stream().map(List::copyOf).toList();
    if (rows.size() != Emotion.COUNT || rows.stream().anyMatch(r -> r.size() != Emotion.COUNT)) {
      throw new MerException("a confusion matrix is 6 by 6: " + rows);
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
    return rows.get(truth.ordinal()).get(predicted.ordinal());
  }

  /** All segments counted. */
  public int total() {
    return rows.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  /** This emotion against the five others. */
  public BinaryCounts counts(Emotion emotion) {
    int tp = count(emotion, emotion);
    int truth = 0;
    int predicted = 0;
    for (Emotion other : Emotion.values()) {
      truth += count(emotion, other);
      predicted += count(other, emotion);
    }
    return new BinaryCounts(tp, predicted - tp, truth - tp, total() - truth - predicted + tp);
  }
}
