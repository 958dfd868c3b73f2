package dev.mer4j.eval.attribution;

import dev.mer4j.MerException;
import dev.mer4j.data.sanitize.Truncation;
import java.util.Locale;

/**
 * The section of a segment that the steps of a modality cover, evenly spaced.
 *
 * @param from the start as a share of the segment's duration, in [0, 1)
 * @param to the end, in ({@code from}, 1]
 */
public record StepSpan(double from, double to) {
  /** The whole segment. */
  public static final StepSpan WHOLE = new StepSpan(0, 1);

  public StepSpan {
    if (!(from >= 0 && from < to && to <= 1)) {
      throw new MerException(
          String.format(Locale.ROOT, "steps cover no section of a segment: %s to %s", from, to));
    }
  }

  /** Returns the place of a share of the steps, as a share of the segment's duration. */
  double at(double share) {
    return from + share * (to - from);
  }

  /**
   * Returns the section that remains of this one after truncation.
   *
   * @param kept the share of the steps that are kept, above 0; 1 or more for all
   */
  StepSpan truncated(Truncation truncation, double kept) {
    double length = (to - from) * Math.min(1, kept);
    return switch (truncation) {
      case HEAD -> new StepSpan(from, Math.min(1, from + length));
      case TAIL -> new StepSpan(Math.max(0, to - length), to);
      case POOL -> this;
    };
  }
}
