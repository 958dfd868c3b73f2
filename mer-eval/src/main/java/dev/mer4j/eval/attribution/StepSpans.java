package dev.mer4j.eval.attribution;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.store.PrepareOptions;

/**
 * Finds the times of the steps of each modality. Truncation to the first or last steps leaves out
 * the rest of a segment.
 */
public final class StepSpans {
  private StepSpans() {}

  /**
   * Returns the times of the rows of a segment of raw data; evenly spaced if they are unknown.
   *
   * @param prepared the same segment after preparation
   */
  public static PerModality<StepTimes> of(
      RawSegment raw, SegmentInfo prepared, PrepareOptions options) {
    return PerModality.of(
        prepared.steps().modalities(),
        modality -> {
          SegmentRows rows = raw.rows().get(modality);
          int steps = prepared.steps(modality);
          return rows.intervals().length > 0 && raw.end() > raw.start()
              ? new RowTimes(raw, rows).of(steps, options.truncation())
              : StepTimes.even(
                  steps,
                  StepSpan.WHOLE.truncated(options.truncation(), (double) steps / rows.count()));
        });
  }

  /**
   * Estimates the times of the steps of a segment of a store, which has no times of rows. A
   * sequence below the maximum length covers its segment. The steps of a longer one last as long as
   * the mean step of the sequences below the maximum; without any, it is taken to cover the
   * segment.
   *
   * @param all the segments of the store
   */
  public static PerModality<StepTimes> of(
      SegmentSet all, SegmentInfo segment, PrepareOptions options) {
    return PerModality.of(
        segment.steps().modalities(),
        modality -> StepTimes.even(segment.steps(modality), span(all, segment, modality, options)));
  }

  private static StepSpan span(
      SegmentSet all, SegmentInfo segment, Modality modality, PrepareOptions options) {
    return segment.steps(modality) < options.steps()
        ? StepSpan.WHOLE
        : StepSpan.WHOLE.truncated(
            options.truncation(), kept(all, segment, modality, options.steps()));
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
