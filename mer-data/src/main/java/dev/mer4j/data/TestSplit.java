package dev.mer4j.data;

import dev.mer4j.ConfigException;

/** Segments that only a finished model is evaluated on. */
public final class TestSplit extends RoleSplit {
  private TestSplit(SegmentSet segments) {
    super(segments, Split.TEST);
  }

  /**
   * Returns a view of the segments with this role.
   *
   * @throws ConfigException if they already have another role
   */
  public static TestSplit of(SegmentSet segments) {
    return new TestSplit(segments);
  }
}
