package dev.mer4j.data;

import dev.mer4j.ConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which modalities each row of a batch has: the mask [B, M]. Immutable. */
public final class Presence {
  private final ModalitySet[] rows;

  private Presence(ModalitySet[] rows) {
    this.rows = rows;
  }

  public static Presence of(List<ModalitySet> rows) {
    return new Presence(rows.toArray(ModalitySet[]::new));
  }

  /** B. */
  public int size() {
    return rows.length;
  }

  public ModalitySet row(int b) {
    return rows[b];
  }

  public boolean has(int b, Modality modality) {
    return rows[b].contains(modality);
  }

  /** Returns the mask in which every row keeps only what is in {@code available} too. */
  public Presence and(ModalitySet available) {
    return new Presence(
        Arrays.stream(rows).map(row -> row.and(available)).toArray(ModalitySet[]::new));
  }

  /**
   * Returns the mask in which every row keeps only what it has in the other mask too.
   *
   * @throws ConfigException if the masks differ in their number of rows
   */
  public Presence and(Presence other) {
    if (other.size() != size()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT, "masks of %d and of %d rows do not fit", size(), other.size()));
    }
    ModalitySet[] both = new ModalitySet[rows.length];
    Arrays.setAll(both, b -> rows[b].and(other.rows[b]));
    return new Presence(both);
  }

  @Override
  public String toString() {
    return Arrays.toString(rows);
  }
}
