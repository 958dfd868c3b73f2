package dev.mer4j.data;

import dev.mer4j.ConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An immutable mask [B, M] of the modalities that each row of a batch has. */
public final class Presence {
  private final ModalitySet[] rows;

  private Presence(ModalitySet[] rows) {
    this.rows = rows;
  }

  public static Presence of(List<ModalitySet> rows) {
    return new Presence(rows.toArray(ModalitySet[]::new));
  }

  /** Returns B. */
  public int size() {
    return rows.length;
  }

  public ModalitySet row(int b) {
    return rows[b];
  }

  public boolean has(int b, Modality modality) {
    return rows[b].contains(modality);
  }

  /** Returns the mask in which each row is intersected with {@code available}. */
  public Presence and(ModalitySet available) {
    return new Presence(
        Arrays.stream(rows).map(row -> row.and(available)).toArray(ModalitySet[]::new));
  }

  /**
   * Returns the row-wise intersection with another mask.
   *
   * @throws ConfigException if the masks have different numbers of rows
   */
  public Presence and(Presence other) {
    if (other.size() != size()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT, "presence masks differ in rows: %d and %d", size(), other.size()));
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
