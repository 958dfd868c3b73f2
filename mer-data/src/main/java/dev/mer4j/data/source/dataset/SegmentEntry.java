package dev.mer4j.data.source.dataset;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;

/**
 * A segment of a data set, without its features.
 *
 * @param group shared by segments that must be in one split, such as the video
 * @param split of the file; {@code NONE} if the file has none
 */
record SegmentEntry(
    SegmentId id, String group, Place place, Split split, Interval interval, SegmentLabel label) {
  /**
   * The place of the features of a segment.
   *
   * @param block the index of the block in the data set
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
   * The interval of a segment in its video.
   *
   * @param start in seconds; NaN if unknown
   * @param end in seconds; NaN if unknown
   */
  record Interval(double start, double end) {
    static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);
  }

  /**
   * The annotations of a segment.
   *
   * @param sentiment NaN if unknown
   * @param sanitized the number of values that were clamped
   * @param finite whether all numbers of the file are; otherwise there are no scores
   */
  record SegmentLabel(EmotionScores scores, float sentiment, int sanitized, boolean finite) {}

  SegmentEntry withLabel(SegmentLabel other) {
    return new SegmentEntry(id, group, place, split, interval, other);
  }
}
