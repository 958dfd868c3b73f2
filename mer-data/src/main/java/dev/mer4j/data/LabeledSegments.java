package dev.mer4j.data;

import java.util.List;
import java.util.stream.IntStream;

/** The segments of a set that have labels. */
final class LabeledSegments implements SegmentSet {
  private final SegmentSet all;
  private final int[] members;

  private LabeledSegments(SegmentSet all, int[] members) {
    this.all = all;
    this.members = members;
  }

  /** Returns the set itself if all of its segments have labels. */
  static SegmentSet of(SegmentSet all) {
    int[] members =
        IntStream.range(0, all.size()).filter(s -> all.info(s).scores().isLabeled()).toArray();
    return members.length == all.size() ? all : new LabeledSegments(all, members);
  }

  @Override
  public int size() {
    return members.length;
  }

  @Override
  public PerModality<Integer> widths() {
    return all.widths();
  }

  @Override
  public List<Emotion> labels() {
    return all.labels();
  }

  @Override
  public Split role() {
    return all.role();
  }

  @Override
  public SegmentInfo info(int segment) {
    return all.info(members[segment]);
  }

  @Override
  public void read(int segment, Modality modality, float[] target, int offset) {
    all.read(members[segment], modality, target, offset);
  }
}
