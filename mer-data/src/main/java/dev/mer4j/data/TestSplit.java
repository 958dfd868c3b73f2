package dev.mer4j.data;

import dev.mer4j.ConfigException;

/** What a finished model is judged on, and nothing else. */
public final class TestSplit extends RoleSplit {
  private TestSplit(SegmentSet segments) {
    super(segments, Split.TEST);
  }

  /**
   * Gives segments this role.
   *
   * @throws ConfigException if they have another one already
   */
  public static TestSplit of(SegmentSet segments) {
    return new TestSplit(segments);
  }
}
