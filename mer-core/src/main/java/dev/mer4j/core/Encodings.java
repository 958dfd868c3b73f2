package dev.mer4j.core;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import java.util.List;

/**
 * The encoder states of segments, the expensive part of a prediction, reusable for every set of
 * modalities. Valid only for the model that computed them and the parameters it had. Immutable.
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

  /** Returns N, the number of segments. */
  public int size() {
    return segments.size();
  }

  /** Returns the encoded segments, in order. */
  public List<SegmentInfo> segments() {
    return segments;
  }

  /** Returns the presence mask [N, M]: the modalities of each segment that the model reads. */
  public Presence presence() {
    return presence;
  }

  /** Returns the configuration of the model that encoded the segments. */
  ModelConfig config() {
    return config;
  }

  /**
   * Returns the states of the rows [from, to).
   *
   * @param kept [N, M]; states of modalities that are not kept are zero
   * @return [to - from, E] of each modality
   */
  PerModality<float[]> states(int from, int to, Presence kept) {
    int width = config.encoders().stateWidth();
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
