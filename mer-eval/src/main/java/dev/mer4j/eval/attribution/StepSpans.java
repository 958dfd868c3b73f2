package dev.mer4j.eval.attribution;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.store.PrepareOptions;

/**
 * Finds the section of a segment that the steps of each modality cover. Truncation to the first or
 * last steps leaves out the rest of a segment.
 */
public final class StepSpans {
  private StepSpans() {}

  /**
   * Returns the sections of a segment of raw data, from the times of its first and last rows. Rows
   * between them are taken as evenly spaced.
   *
   * @param prepared the same segment after preparation
   */
  public static PerModality<StepSpan> of(
      RawSegment raw, SegmentInfo prepared, PrepareOptions options) {
    return PerModality.of(
        prepared.steps().modalities(),
        modality -> {
          SegmentRows rows = raw.rows().get(modality);
          double kept = (double) prepared.steps(modality) / rows.count();
          return within(raw, rows).truncated(options.truncation(), kept);
        });
  }

  private static StepSpan within(RawSegment raw, SegmentRows rows) {
    double duration = raw.end() - raw.start();
    double from = Math.max(0, (rows.first() - raw.start()) / duration);
    double to = Math.min(1, (rows.last() - raw.start()) / duration);
    // Without times both are NaN.
    return from < to ? new StepSpan(from, to) : StepSpan.WHOLE;
  }

  /**
   * Estimates the sections of a segment of a store, which has no times of rows. A sequence below
   * the maximum length covers its segment. The steps of a longer one last as long as the mean step
   * of the sequences below the maximum; without any, it is taken to cover the segment.
   *
   * @param all the segments of the store
   */
  public static PerModality<StepSpan> of(
      SegmentSet all, SegmentInfo segment, PrepareOptions options) {
    return PerModality.of(
        segment.steps().modalities(),
        modality ->
            segment.steps(modality) < options.steps()
                ? StepSpan.WHOLE
                : StepSpan.WHOLE.truncated(
                    options.truncation(), kept(all, segment, modality, options.steps())));
  }

  private static double kept(SegmentSet all, SegmentInfo segment, Modality modality, int most) {
    double seconds = 0;
    long steps = 0;
    for (int s = 0; s < all.size(); s++) {
      SegmentInfo info = all.info(s);
      double duration = info.end() - info.start();
      int own = info.steps(modality);
      if (own > 0 && own < most && duration > 0) {
        seconds += duration;
        steps += own;
      }
    }
    double duration = segment.end() - segment.start();
    boolean known = steps > 0 && duration > 0;
    return known ? segment.steps(modality) * seconds / steps / duration : 1;
  }
}
