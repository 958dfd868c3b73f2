package dev.mer4j.spark;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The segments of a window, whose features are read from where they are. */
final class WindowSegments implements SegmentSet {
  private final List<ScoredItem> items;
  private final List<SegmentInfo> infos = new ArrayList<>();
  private final PerModality<Integer> widths;
  private final List<Emotion> labels;

  /**
   * Creates a set. Of segments with the same id, all but the first get other ones, since those of a
   * prediction must be unique.
   *
   * @param widths D of each modality
   * @param labels of the segments; empty without labels
   */
  WindowSegments(List<ScoredItem> items, PerModality<Integer> widths, List<Emotion> labels) {
    this.items = items;
    this.widths = widths;
    this.labels = labels;
    Set<SegmentId> ids = new HashSet<>();
    for (ScoredItem item : items) {
      infos.add(unique(item, ids, infos.size()));
    }
  }

  private static SegmentInfo unique(ScoredItem item, Set<SegmentId> ids, int row) {
    SegmentInfo info = item.info();
    SegmentId id = info.id();
    for (int i = row; !ids.add(id); i++) {
      id = new SegmentId(item.id(), i);
    }
    return id.equals(info.id())
        ? info
        : new SegmentInfo(id, info.group(), info.start(), info.end(), info.scores(), info.steps());
  }

  @Override
  public int size() {
    return infos.size();
  }

  @Override
  public PerModality<Integer> widths() {
    return widths;
  }

  @Override
  public List<Emotion> labels() {
    return labels;
  }

  @Override
  public SegmentInfo info(int segment) {
    return infos.get(segment);
  }

  @Override
  public void read(int segment, Modality modality, float[] target, int offset) {
    items.get(segment).features().read(modality, target, offset);
  }
}
