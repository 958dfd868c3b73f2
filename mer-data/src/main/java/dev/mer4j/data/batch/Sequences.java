package dev.mer4j.data.batch;

/**
 * One modality of a batch, padded on the right with zeros.
 *
 * <p>Rows whose segment lacks the modality have length 0. A present modality may have no steps as
 * well, so the batch's presence mask determines whether a row has the modality.
 *
 * @param batch B, the number of rows
 * @param steps T, the longest row's length; 0 if all rows are empty
 * @param width D
 * @param lengths [B], each in [0, T]
 * @param layout which of B and T comes first in {@code values}
 * @param values [B, T, D] or [T, B, D]; at least B·T·D values, the rest is ignored; or none, in a
 *     batch {@linkplain Batcher#withoutFeatures without features}
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

  /** Returns whether this has only lengths and no values. */
  public boolean lackValues() {
    return values.length < (long) batch * steps * width;
  }

  /** Returns the index in {@code values} of the D features of step {@code t} of row {@code b}. */
  public int offset(int b, int t) {
    return (layout == Layout.BATCH_FIRST ? b * steps + t : t * batch + b) * width;
  }
}
