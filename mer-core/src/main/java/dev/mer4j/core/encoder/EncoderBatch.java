package dev.mer4j.core.encoder;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.BatchLimit;
import dev.mer4j.data.batch.Sequences;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
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

  /**
   * Picks the rows of these modalities and makes room for their states.
   *
   * @throws ConfigException if a modality needs an array of more than {@link BatchLimit#VALUES}
   */
  public static EncoderBatch of(
      Set<Modality> modalities, Map<Modality, Sequences> sequences, Presence presence, int hidden) {
    Map<Modality, ActiveRows> rows = new EnumMap<>(Modality.class);
    Map<Modality, float[]> states = new EnumMap<>(Modality.class);
    for (Modality modality : modalities) {
      Sequences input = of(sequences, modality);
      ActiveRows active = ActiveRows.of(input, modality, presence);
      requireFits(modality, input, active, hidden);
      rows.put(modality, active);
      states.put(modality, new float[input.batch() * 2 * hidden]);
    }
    return new EncoderBatch(sequences, rows, states);
  }

  /** The largest arrays of a pass hold the input, or the four gates, of every step of every row. */
  private static void requireFits(
      Modality modality, Sequences input, ActiveRows active, int hidden) {
    long steps = Arrays.stream(active.lengths()).asLongStream().sum();
    if (steps > BatchLimit.VALUES / Math.max(input.width(), 4L * hidden)) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "a batch of %d segments with %d steps of %s in all, %d features wide, at hidden size"
                  + " %d needs more than the %d values that an array holds; use a smaller batch"
                  + " size, or prepare the data with fewer steps",
              input.batch(),
              steps,
              modality.key(),
              input.width(),
              hidden,
              BatchLimit.VALUES));
    }
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
