package dev.mer4j.core;

import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.internal.segment.DelegatingSegmentSet;

/** Segments that run an action before each read. */
public record WatchedSegments(SegmentSet segments, Runnable before)
    implements DelegatingSegmentSet {
  @Override
  public void read(int segment, Modality modality, float[] target, int offset) {
    before.run();
    segments.read(segment, modality, target, offset);
  }
}
