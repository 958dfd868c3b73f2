package dev.mer4j.data.source.dataset;

import dev.mer4j.data.source.dataset.LabelTable.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All ways in which a sequence of sentiments is a subsequence of the sentiments of label rows.
 *
 * <p>Segment i can be row j if and only if their sentiments are equal and j lies between i's row in
 * the leftmost and in the rightmost way.
 */
final class Embedding {
  /** Sentiments are averages of few whole numbers: different ones are farther apart. */
  private static final float EPSILON = 1e-3f;

  private final List<Row> rows;
  private final float[] sentiments;
  private final int[] first;
  private final int[] last;

  private Embedding(List<Row> rows, float[] sentiments, int[] first, int[] last) {
    this.rows = rows;
    this.sentiments = sentiments;
    this.first = first;
    this.last = last;
  }

  static boolean same(float sentiment, Row row) {
    return Math.abs(sentiment - row.label().sentiment()) < EPSILON;
  }

  /** Returns the ways; null if there is none. */
  static @Nullable Embedding of(float[] sentiments, List<Row> rows) {
    int[] first = new int[sentiments.length];
    int row = 0;
    for (int i = 0; i < sentiments.length; i++, row++) {
      while (row < rows.size() && !same(sentiments[i], rows.get(row))) {
        row++;
      }
      if (row == rows.size()) {
        return null;
      }
      first[i] = row;
    }
    int[] last = new int[sentiments.length];
    row = rows.size() - 1;
    for (int i = sentiments.length - 1; i >= 0; i--, row--) {
      while (!same(sentiments[i], rows.get(row))) {
        row--;
      }
      last[i] = row;
    }
    return new Embedding(rows, sentiments, first, last);
  }

  /** Returns the rows that a segment can be; at least one. */
  List<Row> candidates(int segment) {
    List<Row> all = new ArrayList<>();
    for (int row = first[segment]; row <= last[segment]; row++) {
      if (same(sentiments[segment], rows.get(row))) {
        all.add(rows.get(row));
      }
    }
    return all;
  }
}
