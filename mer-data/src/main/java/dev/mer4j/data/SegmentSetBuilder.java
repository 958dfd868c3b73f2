package dev.mer4j.data;

import dev.mer4j.ConfigException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Gathers segments in memory, from arrays.
 *
 * <pre>{@code
 * SegmentSet segments =
 *     SegmentSet.builder()
 *         .modality(Modality.TEXT, 768)
 *         .modality(Modality.AUDIO, 74)
 *         .labels("neutral", "joy", "anger")
 *         .add("utterance 1", "dialogue 1", Map.of(Modality.TEXT, text), "joy")
 *         .build();
 * }</pre>
 *
 * <p>Features are copied and stay unchanged: nothing is sanitized, and a model refuses values that
 * are NaN or infinite.
 */
public final class SegmentSetBuilder {
  private final Map<Modality, Integer> widths = new LinkedHashMap<>();
  private final List<Segment> segments = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private List<Emotion> labels = Emotion.MOSEI;

  SegmentSetBuilder() {}

  /**
   * Adds a modality that is {@code width} (D) features wide.
   *
   * @throws ConfigException if the width is below 1, or the modality has one already
   */
  public SegmentSetBuilder modality(Modality modality, int width) {
    if (width < 1) {
      throw new ConfigException(modality.key() + " width must be at least 1: " + width);
    }
    if (widths.putIfAbsent(modality, width) != null) {
      throw new ConfigException("modality " + modality.key() + " is given twice");
    }
    return this;
  }

  /**
   * Sets the labels of the data set, in order; {@link Emotion#MOSEI} by default.
   *
   * @throws ConfigException if one occurs twice, or segments have been added
   */
  public SegmentSetBuilder labels(String... keys) {
    if (!segments.isEmpty()) {
      throw new ConfigException("set the labels before the first segment");
    }
    labels = EmotionScores.builder(Emotion.listOf(keys)).build().labels();
    return this;
  }

  /**
   * Adds a segment without labels, such as one to predict.
   *
   * @param id unique
   * @param group such as the video, the speaker or the dialogue: what must not be split between
   *     folds, and what intervals resample
   * @param features [T, D] of each modality that the segment has
   * @throws ConfigException if the id is taken, or an array does not fit its modality
   */
  public SegmentSetBuilder add(String id, String group, Map<Modality, float[][]> features) {
    return add(id, group, features, EmotionScores.UNLABELED);
  }

  /** Adds a segment with one label; see {@link #add(String, String, Map)}. */
  public SegmentSetBuilder add(
      String id, String group, Map<Modality, float[][]> features, String label) {
    return add(id, group, features, List.of(label));
  }

  /**
   * Adds a segment with these labels, or with none of them; see {@link #add(String, String, Map)}.
   */
  public SegmentSetBuilder add(
      String id, String group, Map<Modality, float[][]> features, List<String> present) {
    EmotionScores.Builder scores = EmotionScores.builder(labels);
    for (String label : present) {
      if (!labels.contains(Emotion.of(label))) {
        throw new ConfigException(id + ": no label '" + label + "' among " + labels);
      }
      scores.score(Emotion.of(label), 1);
    }
    return add(id, group, features, scores.build());
  }

  /**
   * Adds a segment with these scores; see {@link #add(String, String, Map)}.
   *
   * @throws ConfigException if their labels are not the data set's
   */
  public SegmentSetBuilder add(
      String id, String group, Map<Modality, float[][]> features, EmotionScores scores) {
    if (scores.isLabeled() && !scores.labels().equals(labels)) {
      throw new ConfigException(
          id + ": its labels are " + scores.labels() + ", the data set's are " + labels);
    }
    PerModality.Builder<Features> own = PerModality.builder();
    features.forEach((modality, rows) -> own.put(modality, features(id, modality, rows)));
    if (!ids.add(id)) {
      throw new ConfigException("two segments have the id '" + id + "'");
    }
    segments.add(new Segment(new SegmentId(id, 0), group, 0, 0, scores, own.build()));
    return this;
  }

  private Features features(String id, Modality modality, float[][] rows) {
    Integer width = widths.get(modality);
    if (width == null) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "%s: the data set has no modality %s; add it with modality(...)",
              id,
              modality.key()));
    }
    return Features.of(id, modality, width, rows);
  }

  /** Returns the segments, in the order in which they were added. */
  public SegmentSet build() {
    return SegmentList.of(segments, PerModality.of(widths), labels);
  }
}
