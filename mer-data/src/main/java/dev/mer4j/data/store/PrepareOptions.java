package dev.mer4j.data.store;

import dev.mer4j.ConfigException;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.Unit;

/**
 * How raw files become a store.
 *
 * @param unit what counts as one sample
 * @param steps most steps kept of each modality, at least 1
 * @param truncation what to keep of longer sequences
 * @param sanitize how far from zero a value may lie
 */
public record PrepareOptions(
    Unit unit, int steps, Truncation truncation, SanitizeOptions sanitize) {
  /** Segments, their first 300 steps. */
  public static final PrepareOptions DEFAULT =
      new PrepareOptions(Unit.SEGMENT, 300, Truncation.HEAD, SanitizeOptions.DEFAULT);

  public PrepareOptions {
    if (steps < 1) {
      throw new ConfigException("steps must be at least 1: " + steps);
    }
  }
}
