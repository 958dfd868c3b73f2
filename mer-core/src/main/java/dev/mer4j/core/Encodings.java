package dev.mer4j.core;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import java.util.List;

/**
 * What a model's encoders made of segments: the costly half of a prediction, to be used again for
 * every set of modalities. Belongs to the model, and to its parameters as they were. Immutable.
 */
public final class Encodings {
  private final ModelConfig config;
  private final List<SegmentInfo> segments;
  private final Presence presence;
  private final PerModality<float[]> states;

  Encodings(
      ModelConfig config,
      List<SegmentInfo> segments,
      Presence presence,
      PerModality<float[]> states) {
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
  PerModality<float[]> states(int from, int to, Presence kept) {
    int width = 2 * config.hidden();
    PerModality<float[]> rows = states.map(all -> new float[(to - from) * width]);
    rows.forEach(
        (modality, own) -> {
          for (int s = from; s < to; s++) {
            if (kept.has(s, modality)) {
              System.arraycopy(states.get(modality), s * width, own, (s - from) * width, width);
            }
          }
        });
    return rows;
  }
}
