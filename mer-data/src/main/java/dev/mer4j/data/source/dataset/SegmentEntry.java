package dev.mer4j.data.source.dataset;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;

/**
 * A segment of a data set, without its features.
 *
 * @param group what must not be split between folds, such as the video
 * @param split of the file; {@code NONE} if the file has none
 */
record SegmentEntry(
    SegmentId id, String group, Place place, Split split, Interval interval, SegmentLabel label) {
  /**
   * Where the features of a segment are.
   *
   * @param block which of the data set's blocks has them
   * @param row of the segment in the block
   */
  record Place(int block, int row) {}

  int block() {
    return place.block();
  }

  int row() {
    return place.row();
  }

  /**
   * Where a segment is in its video.
   *
   * @param start in seconds; NaN if unknown
   * @param end in seconds; NaN if unknown
   */
  record Interval(double start, double end) {
    static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);
  }

  /**
   * What annotators said.
   *
   * @param sentiment NaN if unknown
   * @param sanitized how many values were clamped
   */
  record SegmentLabel(EmotionScores scores, float sentiment, int sanitized) {}

  SegmentEntry withLabel(SegmentLabel other) {
    return new SegmentEntry(id, group, place, split, interval, other);
  }
}
