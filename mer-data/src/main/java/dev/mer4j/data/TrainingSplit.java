package dev.mer4j.data;

import dev.mer4j.ConfigException;

/** What a model learns from. */
public final class TrainingSplit extends RoleSplit {
  private TrainingSplit(SegmentSet segments) {
    super(segments, Split.TRAIN);
  }

  /**
   * Gives segments this role.
   *
   * @throws ConfigException if they have another one already
   */
  public static TrainingSplit of(SegmentSet segments) {
    return new TrainingSplit(segments);
  }
}
