package dev.mer4j.data;

import dev.mer4j.MerException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Segments in memory. Immutable if the segments' arrays are not modified. */
public final class SegmentList implements SegmentSet {
  private final List<Segment> segments;
  private final PerModality<Integer> widths;

  private SegmentList(List<Segment> segments, PerModality<Integer> widths) {
    this.segments = segments;
    this.widths = widths;
  }

  /**
   * Returns a set of these segments.
   *
   * @throws MerException if two segments differ in the width of a modality
   */
  public static SegmentList of(List<Segment> segments) {
    Map<Modality, Integer> widths = new HashMap<>();
    for (Segment segment : segments) {
      segment
          .features()
          .forEach(
              (modality, features) -> {
                int width = widths.computeIfAbsent(modality, absent -> features.width());
                if (features.width() != width) {
                  throw new MerException(
                      String.format(
                          Locale.ROOT,
                          "%s: %s features have width %d, earlier segments have width %d",
                          segment.id(),
                          modality.key(),
                          features.width(),
                          width));
                }
              });
    }
    return new SegmentList(List.copyOf(segments), PerModality.of(widths));
  }

  @Override
  public int size() {
    return segments.size();
  }

  @Override
  public PerModality<Integer> widths() {
    return widths;
  }

  @Override
  public SegmentInfo info(int segment) {
    return segments.get(segment).info();
  }

  @Override
  public void read(int segment, Modality modality, float[] target, int offset) {
    Segment own = segments.get(segment);
    if (!own.features().has(modality)) {
      throw new IllegalArgumentException(own.id() + " has no " + modality.key() + " features");
    }
    Features features = own.features().get(modality);
    System.arraycopy(features.values(), 0, target, offset, features.values().length);
  }
}
