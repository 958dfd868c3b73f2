package dev.mer4j.train;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Hides whole modalities in training, so that a model learns to do without them.
 *
 * <p>Each present modality of each segment is dropped with probability {@code p}, independently of
 * the others. Where that would leave nothing, one of the segment's modalities, drawn uniformly, is
 * kept: with n of them, each is dropped with probability {@code p - pⁿ / n} in all. A segment that
 * has no modality stays as it is.
 *
 * @param p in [0, 1)
 */
public record ModalityDropout(double p) {
  /**
   * @throws ConfigException if {@code p} is outside [0, 1)
   */
  public ModalityDropout {
    if (!(p >= 0 && p < 1)) {
      throw new ConfigException("modality dropout must be in [0, 1): " + p);
    }
  }

  /**
   * Returns which modalities [B, M] a step may see.
   *
   * @param draws the epoch's stream; what a segment loses depends on it and on the segment's id,
   *     never on the other segments of its batch
   */
  public Presence apply(Batch batch, SeedStream draws) {
    List<ModalitySet> kept = new ArrayList<>(batch.size());
    for (int b = 0; b < batch.size(); b++) {
      SegmentId id = batch.segments().get(b).id();
      kept.add(keep(batch.presence().row(b), draws.at(id.video()).at(id.index())));
    }
    return Presence.of(kept);
  }

  private ModalitySet keep(ModalitySet present, SeedStream draws) {
    ModalitySet kept = present;
    for (Modality modality : Modality.values()) {
      // Drawn for an absent modality as well, so that what a segment has does not shift its draws.
      boolean dropped = draws.nextDouble() < p;
      if (dropped) {
        kept = kept.without(modality);
      }
    }
    if (kept.isEmpty() && !present.isEmpty()) {
      List<Modality> candidates = present.toList();
      return ModalitySet.of(candidates.get(draws.nextInt(candidates.size())));
    }
    return kept;
  }
}
