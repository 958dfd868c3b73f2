package dev.mer4j.core.encoder;

import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A batch as a pass of the encoders sees it.
 *
 * @param sequences of each modality
 * @param rows those that each modality has to run
 * @param states [B, 2H] of each modality, zero until a pass fills them
 */
public record EncoderBatch(
    Map<Modality, Sequences> sequences,
    Map<Modality, ActiveRows> rows,
    Map<Modality, float[]> states) {

  /** Picks the rows of these modalities and makes room for their states. */
  public static EncoderBatch of(
      Set<Modality> modalities, Map<Modality, Sequences> sequences, Presence presence, int hidden) {
    Map<Modality, ActiveRows> rows = new EnumMap<>(Modality.class);
    Map<Modality, float[]> states = new EnumMap<>(Modality.class);
    for (Modality modality : modalities) {
      Sequences input = of(sequences, modality);
      rows.put(modality, ActiveRows.of(input, modality, presence));
      states.put(modality, new float[input.batch() * 2 * hidden]);
    }
    return new EncoderBatch(sequences, rows, states);
  }

  public Sequences sequences(Modality modality) {
    return of(sequences, modality);
  }

  public ActiveRows rows(Modality modality) {
    return of(rows, modality);
  }

  public float[] states(Modality modality) {
    return of(states, modality);
  }

  /** Looks a modality up in a map that has to have it. */
  public static <V> V of(Map<Modality, V> values, Modality modality) {
    return Objects.requireNonNull(values.get(modality), () -> "no " + modality.key());
  }
}
