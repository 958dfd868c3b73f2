package dev.mer4j.core.encoder;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.BatchLimit;
import dev.mer4j.data.batch.Sequences;
import java.util.Arrays;
import java.util.Locale;

/**
 * The inputs and outputs of one pass of the encoders.
 *
 * @param sequences of each modality
 * @param rows the rows that each modality runs
 * @param states [B, E] of each modality, with E of {@link EncoderShape#stateWidth}, zero until a
 *     pass fills them
 */
public record EncoderBatch(
    PerModality<Sequences> sequences, PerModality<ActiveRows> rows, PerModality<float[]> states) {

  /**
   * Selects the rows of each modality and allocates their states.
   *
   * @throws ConfigException if a modality needs an array of more than {@link BatchLimit#VALUES}
   *     values
   */
  public static EncoderBatch of(
      EncoderShape shape, PerModality<Sequences> sequences, Presence presence) {
    PerModality.Builder<ActiveRows> rows = PerModality.builder();
    PerModality.Builder<float[]> states = PerModality.builder();
    for (Modality modality : shape.inputs().modalities()) {
      Sequences input = sequences.get(modality);
      ActiveRows active = ActiveRows.of(input, modality, presence);
      requireFits(modality, input, active, shape.hidden());
      rows.put(modality, active);
      states.put(modality, new float[input.batch() * shape.stateWidth()]);
    }
    return new EncoderBatch(sequences, rows.build(), states.build());
  }

  /** Checks the largest arrays of a pass: the inputs or the four gates of all steps of all rows. */
  private static void requireFits(
      Modality modality, Sequences input, ActiveRows active, int hidden) {
    long steps = Arrays.stream(active.lengths()).asLongStream().sum();
    if (steps > BatchLimit.VALUES / Math.max(input.width(), 4L * hidden)) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "a batch of %d segments with %d steps of %s in total, %d features wide, at hidden size"
                  + " %d exceeds the %d values of an array; use a smaller batch"
                  + " size, or prepare the data with fewer steps",
              input.batch(),
              steps,
              modality.key(),
              input.width(),
              hidden,
              BatchLimit.VALUES));
    }
  }

  /** Returns the same batch with new states. */
  public EncoderBatch withNewStates() {
    return new EncoderBatch(sequences, rows, states.map(own -> new float[own.length]));
  }

  public Sequences sequences(Modality modality) {
    return sequences.get(modality);
  }

  public ActiveRows rows(Modality modality) {
    return rows.get(modality);
  }

  public float[] states(Modality modality) {
    return states.get(modality);
  }
}
