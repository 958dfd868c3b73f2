package dev.mer4j.data;

import dev.mer4j.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An immutable set of modalities.
 *
 * @param bits bit {@code m} is set when the modality with ordinal {@code m} is in the set
 */
public record ModalitySet(int bits) {
  public static final ModalitySet NONE = new ModalitySet(0);
  public static final ModalitySet ALL = new ModalitySet((1 << Modality.COUNT) - 1);

  public ModalitySet {
    if ((bits & -(1 << Modality.COUNT)) != 0) {
      throw new ConfigException("invalid modality bits: " + Integer.toBinaryString(bits));
    }
  }

  public static ModalitySet of(Modality... modalities) {
    return of(List.of(modalities));
  }

  public static ModalitySet of(Iterable<Modality> modalities) {
    ModalitySet set = NONE;
    for (Modality modality : modalities) {
      set = set.with(modality);
    }
    return set;
  }

  /**
   * Parses a list such as {@code text,audio}.
   *
   * @throws ConfigException if the list is empty or names an unknown modality
   */
  public static ModalitySet parse(String commaSeparated) {
    ModalitySet set = NONE;
    for (String key : commaSeparated.split(",", -1)) {
      set = set.with(Modality.of(key.strip()));
    }
    return set;
  }

  /** Returns the seven non-empty sets, the single modalities first. */
  public static List<ModalitySet> nonEmpty() {
    List<ModalitySet> sets = new ArrayList<>();
    for (int size = 1; size <= Modality.COUNT; size++) {
      for (int bits = 1; bits <= ALL.bits; bits++) {
        if (Integer.bitCount(bits) == size) {
          sets.add(new ModalitySet(bits));
        }
      }
    }
    return List.copyOf(sets);
  }

  public boolean contains(Modality modality) {
    return (bits & 1 << modality.ordinal()) != 0;
  }

  public ModalitySet with(Modality modality) {
    return new ModalitySet(bits | 1 << modality.ordinal());
  }

  public ModalitySet without(Modality modality) {
    return new ModalitySet(bits & ~(1 << modality.ordinal()));
  }

  public ModalitySet and(ModalitySet other) {
    return new ModalitySet(bits & other.bits);
  }

  public int size() {
    return Integer.bitCount(bits);
  }

  public boolean isEmpty() {
    return bits == 0;
  }

  /** Returns the members, in the order of {@link Modality}. */
  public List<Modality> toList() {
    List<Modality> members = new ArrayList<>();
    for (Modality modality : Modality.values()) {
      if (contains(modality)) {
        members.add(modality);
      }
    }
    return members;
  }

  /** Returns the members' keys joined by {@code +}, such as {@code text+audio}. */
  @Override
  public String toString() {
    return toList().stream().map(Modality::key).collect(Collectors.joining("+"));
  }
}
