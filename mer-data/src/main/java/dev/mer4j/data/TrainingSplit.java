package dev.mer4j.data;

import dev.mer4j.ConfigException;

/** Segments that a model is trained on. */
public final class TrainingSplit extends RoleSplit {
  private TrainingSplit(SegmentSet segments) {
    super(segments, Split.TRAIN);
  }

  /**
   * Returns a view of the segments with this role.
   *
   * @throws ConfigException if they already have another role
   */
  public static TrainingSplit of(SegmentSet segments) {
    return new TrainingSplit(segments);
  }
}
