package dev.mer4j.data.store;

import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.sanitize.Sanitized;
import dev.mer4j.data.sanitize.Sanitizer;
import dev.mer4j.data.segment.SegmentRows;

/** Converts rows of a file to the features of a store: sanitizes, then truncates them. */
public final class FeaturePreparation {
  private final PrepareOptions options;
  private final Sanitizer sanitizer;

  public FeaturePreparation(PrepareOptions options) {
    this.options = options;
    sanitizer = new Sanitizer(options.sanitize());
  }

  /**
   * Prepared features.
   *
   * @param counts the sanitized values
   * @param truncated whether the features have fewer steps than the rows
   */
  public record Prepared(Features features, SanitizeCounts counts, boolean truncated) {}

  /** Prepares one modality of one segment. */
  public Prepared prepare(Modality modality, SegmentRows rows) {
    Sanitized sanitized = sanitizer.sanitize(modality, rows);
    Features kept = options.truncation().apply(sanitized.features(), options.steps());
    boolean truncated = kept.steps() < sanitized.features().steps();
    return new Prepared(kept, sanitized.counts(), truncated);
  }
}
