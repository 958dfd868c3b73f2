package dev.mer4j.core;

import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a model's encoders made of segments: the costly half of a prediction, to be used again for
 * every set of modalities. Belongs to the model, and to its parameters as they were. Immutable.
 */
public final class Encodings {
  private final ModelConfig config;
  private final List<SegmentInfo> segments;
  private final Presence presence;
  private final Map<Modality, float[]> states;

  Encodings(
      ModelConfig config,
      List<SegmentInfo> segments,
      Presence presence,
      Map<Modality, float[]> states) {
    this.config = config;
    this.segments = List.copyOf(segments);
    this.presence = presence;
    this.states = states;
  }

  /** N. */
  public int size() {
    return segments.size();
  }

  /** What was encoded, in order. */
  public List<SegmentInfo> segments() {
    return segments;
  }

  /** [N, M], what was encoded of each segment: what it has of what the model reads. */
  public Presence presence() {
    return presence;
  }

  /** The shape of the model that encoded them. */
  ModelConfig config() {
    return config;
  }

  /**
   * The states of some rows.
   *
   * @param kept [N, M]; where it says no, states are zero
   * @return [to - from, 2H] of each modality
   */
  Map<Modality, float[]> states(int from, int to, Presence kept) {
    int width = 2 * config.hidden();
    Map<Modality, float[]> rows = new EnumMap<>(Modality.class);
    states.forEach(
        (modality, all) -> {
          float[] own = new float[(to - from) * width];
          for (int s = from; s < to; s++) {
            if (kept.has(s, modality)) {
              System.arraycopy(all, s * width, own, (s - from) * width, width);
            }
          }
          rows.put(modality, own);
        });
    return rows;
  }
}
