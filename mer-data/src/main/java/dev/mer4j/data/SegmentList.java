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
  private final List<Emotion> labels;

  private SegmentList(List<Segment> segments, PerModality<Integer> widths, List<Emotion> labels) {
    this.segments = segments;
    this.widths = widths;
    this.labels = labels;
  }

  /**
   * Returns a set of these segments.
   *
   * @throws MerException if two segments differ in the width of a modality, or in their labels
   */
  public static SegmentList of(List<Segment> segments) {
    return of(
        segments,
        segments.stream()
            .map(Segment::scores)
            .filter(EmotionScores::isLabeled)
            .findFirst()
            .map(EmotionScores::labels)
            .orElse(Emotion.MOSEI));
  }

  /**
   * Returns a set of these segments.
   *
   * @param labels of the data set, because segments without labels do not name them
   * @throws MerException if two segments differ in the width of a modality, or one has other labels
   */
  public static SegmentList of(List<Segment> segments, List<Emotion> labels) {
    return of(segments, PerModality.of(), labels);
  }

  /**
   * Returns a set of these segments.
   *
   * @param given D of modalities that no segment needs to have
   * @param labels of the data set
   * @throws MerException if two segments differ in the width of a modality, or one has other labels
   */
  public static SegmentList of(
      List<Segment> segments, PerModality<Integer> given, List<Emotion> labels) {
    Map<Modality, Integer> widths = new HashMap<>(given.toMap());
    for (Segment segment : segments) {
      if (segment.scores().isLabeled() && !segment.scores().labels().equals(labels)) {
        throw new MerException(
            segment.id()
                + ": its labels are "
                + segment.scores().labels()
                + ", the data set's are "
                + labels);
      }
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
    return new SegmentList(List.copyOf(segments), PerModality.of(widths), List.copyOf(labels));
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
  public List<Emotion> labels() {
    return labels;
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
