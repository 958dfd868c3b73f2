package dev.mer4j.data.batch;

/**
 * One modality of a batch, padded on the right with zeros.
 *
 * <p>Rows whose segment lacks the modality have length 0; whether a row has the modality is told by
 * the batch's presence mask, because a present modality may have no steps as well.
 *
 * @param batch B, the number of rows
 * @param steps T, the longest row's length; 0 if all rows are empty
 * @param width D
 * @param lengths [B], each in [0, T]
 * @param layout which of B and T comes first in {@code values}
 * @param values [B, T, D] or [T, B, D]; at least that many values, of which only the first B·T·D
 *     count; or none, in a batch {@linkplain Batcher#withoutFeatures without features}
 */
public record Sequences(
    int batch, int steps, int width, int[] lengths, Layout layout, float[] values) {

  /** The order of the axes. */
  public enum Layout {
    /** [B, T, D]. */
    BATCH_FIRST,
    /** [T, B, D]. */
    TIME_FIRST
  }

  /** Whether the values are somewhere else, and here are only the lengths. */
  public boolean lackValues() {
    return values.length < (long) batch * steps * width;
  }

  /** The index in {@code values} of the D features of step {@code t} of row {@code b}. */
  public int offset(int b, int t) {
    return (layout == Layout.BATCH_FIRST ? b * steps + t : t * batch + b) * width;
  }
}
