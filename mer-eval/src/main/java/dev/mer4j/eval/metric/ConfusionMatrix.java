package dev.mer4j.eval.metric;

import dev.mer4j.MerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The confusion matrix of the single-label task.
 *
 * @param rows [C, C]: rows are labels, columns are predictions, both in the order of {@link
 *     dev.mer4j.data.label.LabelSet#classes}: the emotions, and "none" if it is a class
 */
public record ConfusionMatrix(List<List<Integer>> rows) {
  public ConfusionMatrix {
    rows = rows.stream().map(List::copyOf).toList();
    int classes = rows.size();
    if (classes < 2 || rows.stream().anyMatch(r -> r.size() != classes)) {
      throw new MerException("a confusion matrix must be C by C, with C at least 2: " + rows);
    }
  }

  /**
   * Copies the counts.
   *
   * @param counts [C, C], labels in rows
   */
  public static ConfusionMatrix of(int[][] counts) {
    return new ConfusionMatrix(
        Arrays.stream(counts).map(row -> IntStream.of(row).boxed().toList()).toList());
  }

  public int count(int truth, int predicted) {
    return rows.get(truth).get(predicted);
  }

  /** Returns C. */
  public int classes() {
    return rows.size();
  }

  /** Returns the number of segments. */
  public int total() {
    return rows.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  /** Returns the binary counts of a class against all others. */
  public BinaryCounts counts(int label) {
    return counts().get(label);
  }

  /** Returns the binary counts [C] of every class against all others. */
  public List<BinaryCounts> counts() {
    int[] truth = new int[classes()];
    int[] predicted = new int[classes()];
    int total = 0;
    for (int label = 0; label < classes(); label++) {
      for (int prediction = 0; prediction < classes(); prediction++) {
        int count = count(label, prediction);
        truth[label] += count;
        predicted[prediction] += count;
        total += count;
      }
    }
    List<BinaryCounts> counts = new ArrayList<>();
    for (int c = 0; c < classes(); c++) {
      int tp = count(c, c);
      int fp = predicted[c] - tp;
      int fn = truth[c] - tp;
      counts.add(new BinaryCounts(tp, fp, fn, total - tp - fp - fn));
    }
    return counts;
  }
}
