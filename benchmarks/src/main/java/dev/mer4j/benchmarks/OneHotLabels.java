package dev.mer4j.benchmarks;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.internal.segment.DelegatingSegmentSet;

/**
 * Segments whose label of a single-label task has score 1 and the others 0, so that multi-label
 * baselines apply to the task.
 *
 * @param segments the segments, each with a label of the task
 * @param task a single-label task without the class none
 */
record OneHotLabels(SegmentSet segments, LabelSet task) implements DelegatingSegmentSet {
  @Override
  public SegmentInfo info(int segment) {
    SegmentInfo info = segments.info(segment);
    float[] scores = new float[labels().size()];
    scores[task.single(info.scores()).orElseThrow()] = 1;
    return new SegmentInfo(
        info.id(),
        info.group(),
        info.start(),
        info.end(),
        EmotionScores.of(labels(), scores),
        info.steps());
  }
}
