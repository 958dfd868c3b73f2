package dev.mer4j.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.seed.SeedStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops whole modalities during training, so that a model learns to predict without them.
 *
 * <p>Each present modality of each segment is dropped with probability {@code p}, independently of
 * the others. If that would drop all of them, one of the segment's modalities, drawn uniformly, is
 * kept: each of n modalities is then dropped with probability {@code p - pⁿ / n}. A segment without
 * modalities is unchanged.
 *
 * @param p the probability, in [0, 1)
 */
public record ModalityDropout(double p) {
  /** The unit that a modality is dropped from. */
  public enum Unit {
    /** Each segment by itself; the modality is then absent, and one always remains. */
    @JsonProperty("segment")
    SEGMENT,
    /**
     * The whole batch, as in the published recipe; the modality's features are then zero, and all
     * modalities can be dropped.
     */
    @JsonProperty("batch")
    BATCH
  }

  /**
   * @throws ConfigException if {@code p} is outside [0, 1)
   */
  public ModalityDropout {
    if (!(p >= 0 && p < 1)) {
      throw new ConfigException("modality dropout must be in [0, 1): " + p);
    }
  }

  /**
   * Returns the modalities [B, M] that remain after dropping.
   *
   * @param draws the epoch's random stream; the modalities dropped from a segment depend on it and
   *     on the segment's id, never on the other segments of the batch
   */
  public Presence apply(Batch batch, SeedStream draws) {
    List<ModalitySet> kept = new ArrayList<>(batch.size());
    for (int b = 0; b < batch.size(); b++) {
      SegmentId id = batch.segments().get(b).id();
      kept.add(keep(batch.presence().row(b), draws.at(id.video()).at(id.index())));
    }
    return Presence.of(kept);
  }

  /**
   * Returns a batch in which the features of each modality are all zero with probability {@code p}.
   *
   * @param draws the step's random stream
   * @throws ConfigException if the batch has no features, because a backend holds them
   */
  public Batch applyToBatch(Batch batch, SeedStream draws) {
    PerModality<Sequences> sequences =
        PerModality.of(
            batch.sequences().modalities(),
            modality -> {
              Sequences own = batch.sequences().get(modality);
              return draws.at(modality.key()).nextDouble() < p ? withZeros(modality, own) : own;
            });
    return new Batch(batch.segments(), batch.presence(), sequences, batch.targets());
  }

  private static Sequences withZeros(Modality modality, Sequences own) {
    if (own.lackValues()) {
      throw new ConfigException(
          "modality dropout of whole batches needs the features of "
              + modality.key()
              + " in memory, but the backend holds them; use another backend, or modality dropout"
              + " of segments");
    }
    float[] zeros = new float[own.values().length];
    return new Sequences(own.batch(), own.steps(), own.width(), own.lengths(), own.layout(), zeros);
  }

  private ModalitySet keep(ModalitySet present, SeedStream draws) {
    ModalitySet kept = present;
    for (Modality modality : Modality.MOSEI) {
      // Drawn for absent modalities too, so that the draws do not depend on presence.
      boolean dropped = draws.nextDouble() < p;
      if (dropped) {
        kept = kept.without(modality);
      }
    }
    for (Modality modality : present.toList()) {
      if (!Modality.MOSEI.contains(modality) && draws.at(modality.key()).nextDouble() < p) {
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
