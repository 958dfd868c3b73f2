package dev.mer4j.core;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;

/** Segments that run an action before each read. */
public record WatchedSegments(SegmentSet segments, Runnable before) implements SegmentSet {
  @Override
  public int size() {
    return segments.size();
  }

  @Override
  public PerModality<Integer> widths() {
    return segments.widths();
  }

  @Override
  public SegmentInfo info(int segment) {
    return segments.info(segment);
  }

  @Override
  public void read(int segment, Modality modality, float[] target, int offset) {
    before.run();
    segments.read(segment, modality, target, offset);
  }
}
