package dev.mer4j.data.inspect;

import dev.mer4j.data.Emotion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Statistics of the segments and their labels.
 *
 * @param seconds the percentiles of the duration, in seconds
 * @param durations the histogram of the duration, in seconds
 * @param negativeStarts the number of segments that start before 0 s
 * @param unsortedVideos the number of videos whose label rows are not in time order
 * @param overlapping the number of segments that overlap the previous one in time
 * @param withoutModality the number of segments that lack every modality
 * @param scoresOutOfRange the number of label values that preparation clamps
 * @param none the number of segments without any emotion, which are valid
 * @param tied the number of segments whose highest score several emotions share, including segments
 *     without any emotion
 * @param present the number of segments that show each emotion, for the multi-label task
 * @param highest the number of segments with each emotion as the single highest, for the
 *     single-label task without ties; "none" can be a seventh class
 * @param firstHighest the number of segments with each emotion as the first of the highest, for the
 *     single-label task that resolves ties to the first column and no emotion to happy
 */
public record LabelReport(
    int videos,
    int segments,
    Percentiles seconds,
    Histogram durations,
    int negativeStarts,
    int unsortedVideos,
    int overlapping,
    int withoutModality,
    int scoresOutOfRange,
    int none,
    int tied,
    Map<Emotion, Integer> present,
    Map<Emotion, Integer> highest,
    Map<Emotion, Integer> firstHighest) {
  public LabelReport {
    present = ordered(present);
    highest = ordered(highest);
    firstHighest = ordered(firstHighest);
  }

  private static Map<Emotion, Integer> ordered(Map<Emotion, Integer> counts) {
    Map<Emotion, Integer> copy = new LinkedHashMap<>(counts);
    if (copy.isEmpty()) {
      Emotion.MOSEI.forEach(emotion -> copy.put(emotion, 0));
    }
    return Collections.unmodifiableMap(copy);
  }

  /** Returns a builder with all counts 0. */
  static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link LabelReport}. */
  static final class Builder {
    private int videos;
    private int segments;
    private Percentiles seconds = Percentiles.of(new double[0]);
    private Histogram durations = Histogram.of(new double[0], 0);
    private int negativeStarts;
    private int unsortedVideos;
    private int overlapping;
    private int withoutModality;
    private int scoresOutOfRange;
    private int none;
    private int tied;
    private Map<Emotion, Integer> present = Map.of();
    private Map<Emotion, Integer> highest = Map.of();
    private Map<Emotion, Integer> firstHighest = Map.of();

    private Builder() {}

    Builder videos(int value) {
      videos = value;
      return this;
    }

    Builder segments(int value) {
      segments = value;
      return this;
    }

    Builder seconds(Percentiles value) {
      seconds = value;
      return this;
    }

    Builder durations(Histogram value) {
      durations = value;
      return this;
    }

    Builder negativeStarts(int value) {
      negativeStarts = value;
      return this;
    }

    Builder unsortedVideos(int value) {
      unsortedVideos = value;
      return this;
    }

    Builder overlapping(int value) {
      overlapping = value;
      return this;
    }

    Builder withoutModality(int value) {
      withoutModality = value;
      return this;
    }

    Builder scoresOutOfRange(int value) {
      scoresOutOfRange = value;
      return this;
    }

    Builder none(int value) {
      none = value;
      return this;
    }

    Builder tied(int value) {
      tied = value;
      return this;
    }

    Builder present(Map<Emotion, Integer> value) {
      present = value;
      return this;
    }

    Builder highest(Map<Emotion, Integer> value) {
      highest = value;
      return this;
    }

    Builder firstHighest(Map<Emotion, Integer> value) {
      firstHighest = value;
      return this;
    }

    LabelReport build() {
      return new LabelReport(
          videos,
          segments,
          seconds,
          durations,
          negativeStarts,
          unsortedVideos,
          overlapping,
          withoutModality,
          scoresOutOfRange,
          none,
          tied,
          present,
          highest,
          firstHighest);
    }
  }
}
