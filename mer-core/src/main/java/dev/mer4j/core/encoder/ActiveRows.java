package dev.mer4j.core.encoder;

import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;

/**
 * The rows of a batch that an encoder runs.
 *
 * @param rows their indices in the batch, ascending
 * @param lengths their numbers of steps, at least 1
 * @param steps the longest of them; 0 if there are no rows
 */
public record ActiveRows(int[] rows, int[] lengths, int steps) {

  /** Selects the rows that have the modality and at least one step of it. */
  public static ActiveRows of(Sequences sequences, Modality modality, Presence presence) {
    int count = 0;
    for (int b = 0; b < sequences.batch(); b++) {
      if (runs(sequences, modality, presence, b)) {
        count++;
      }
    }
    int[] rows = new int[count];
    int[] lengths = new int[count];
    int steps = 0;
    int next = 0;
    for (int b = 0; b < sequences.batch(); b++) {
      if (runs(sequences, modality, presence, b)) {
        rows[next] = b;
        lengths[next++] = sequences.lengths()[b];
        steps = Math.max(steps, sequences.lengths()[b]);
      }
    }
    return new ActiveRows(rows, lengths, steps);
  }

  private static boolean runs(Sequences sequences, Modality modality, Presence presence, int b) {
    return presence.has(b, modality) && sequences.lengths()[b] > 0;
  }

  public int count() {
    return rows.length;
  }
}
