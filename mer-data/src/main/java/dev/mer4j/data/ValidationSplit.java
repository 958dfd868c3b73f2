package dev.mer4j.data;

import dev.mer4j.ConfigException;

/** Segments that epochs, settings, thresholds and calibrations are selected on. */
public final class ValidationSplit extends RoleSplit {
  private ValidationSplit(SegmentSet segments) {
    super(segments, Split.VALID);
  }

  /**
   * Returns a view of the segments with this role.
   *
   * @throws ConfigException if they already have another role
   */
  public static ValidationSplit of(SegmentSet segments) {
    return new ValidationSplit(segments);
  }
}
