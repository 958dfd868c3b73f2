package dev.mer4j.spark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import org.apache.spark.sql.Row;

/**
 * A segment to score.
 *
 * @param row with the columns that are copied to the output
 * @param id for the output; another row may have the same
 * @param values the number of feature values that were read into memory for the item
 * @param features of the modalities of {@code info}
 * @param others modalities that the row has and that are not in {@code info}
 */
record ScoredItem(
    Row row, String id, SegmentInfo info, long values, Reader features, ModalitySet others) {
  /** Reads features. */
  @FunctionalInterface
  interface Reader {
    /** Copies features [T, D] as {@link dev.mer4j.data.SegmentSet#read} does. */
    void read(Modality modality, float[] target, int offset);
  }

  /**
   * Returns the item of a segment in memory.
   *
   * @param row with the columns that are copied to the output
   */
  static ScoredItem of(Row row, Segment segment) {
    long values = 0;
    for (var features : segment.features().values()) {
      values += features.values().length;
    }
    return new ScoredItem(
        row,
        segment.id().toString(),
        segment.info(),
        values,
        (modality, target, offset) ->
            FeatureView.of(segment.features().get(modality)).read(target, offset),
        ModalitySet.NONE);
  }
}
