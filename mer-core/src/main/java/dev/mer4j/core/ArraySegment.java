package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes an unlabeled segment of arrays in memory. */
final class ArraySegment {
  private static final String ID = "segment";

  private ArraySegment() {}

  /**
   * Returns a set of one segment.
   *
   * @param features [T, D] of each modality that the segment has
   * @throws ConfigException if there is no modality, the model does not read one, or a row has
   *     another width
   */
  static SegmentSet of(ModelConfig config, Map<Modality, float[][]> features) {
    if (features.isEmpty()) {
      throw new ConfigException("nothing to predict from: no modality is given");
    }
    PerModality.Builder<Features> own = PerModality.builder();
    features.forEach(
        (modality, rows) ->
            own.put(modality, Features.of(ID, modality, width(config, modality), rows)));
    Segment segment = new Segment(new SegmentId(ID, 0), 0, 0, EmotionScores.UNLABELED, own.build());
    return SegmentList.of(List.of(segment), config.labels().labels());
  }

  private static int width(ModelConfig config, Modality modality) {
    return config
        .inputs()
        .find(modality)
        .orElseThrow(
            () ->
                new ConfigException(
                    String.format(
                        Locale.ROOT,
                        "the model does not read %s, only %s",
                        modality.key(),
                        config.modalities())));
  }
}
