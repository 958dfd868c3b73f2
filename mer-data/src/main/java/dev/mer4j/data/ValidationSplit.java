package dev.mer4j.data;

import dev.mer4j.ConfigException;

/** What epochs, settings, thresholds and calibrations are chosen on. */
public final class ValidationSplit extends RoleSplit {
  private ValidationSplit(SegmentSet segments) {
    super(segments, Split.VALID);
  }

  /**
   * Gives segments this role.
   *
   * @throws ConfigException if they have another one already
   */
  public static ValidationSplit of(SegmentSet segments) {
    return new ValidationSplit(segments);
  }
}
