package dev.mer4j.data.batch;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import java.util.List;

/**
 * B segments, ready for a model.
 *
 * @param segments the metadata of each row
 * @param presence the modalities that each row has
 * @param sequences the features of each modality that the model reads
 * @param targets [B, C], row by row, each 0 or 1
 */
public record Batch(
    List<SegmentInfo> segments,
    Presence presence,
    PerModality<Sequences> sequences,
    float[] targets) {
  public Batch {
    segments = List.copyOf(segments);
  }

  /** B. */
  public int size() {
    return segments.size();
  }
}
