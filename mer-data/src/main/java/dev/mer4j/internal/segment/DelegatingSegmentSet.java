package dev.mer4j.internal.segment;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import java.util.List;

/** Segments of another set, except for the methods that an implementation overrides. */
public interface DelegatingSegmentSet extends SegmentSet {
  /** Returns the other set. */
  SegmentSet segments();

  @Override
  default int size() {
    return segments().size();
  }

  @Override
  default PerModality<Integer> widths() {
    return segments().widths();
  }

  @Override
  default List<Emotion> labels() {
    return segments().labels();
  }

  @Override
  default SegmentInfo info(int segment) {
    return segments().info(segment);
  }

  @Override
  default void read(int segment, Modality modality, float[] target, int offset) {
    segments().read(segment, modality, target, offset);
  }
}
