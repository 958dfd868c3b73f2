package dev.mer4j.data;

import dev.mer4j.ConfigException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An immutable set of at most eight modalities, in the order of {@link Modality}. */
public final class ModalitySet implements Comparable<ModalitySet> {
  /** The largest number of modalities of a data set or a model. */
  public static final int MAX_SIZE = 8;

  public static final ModalitySet NONE = new ModalitySet(List.of());

  private final List<Modality> members;

  /** Takes members that are sorted and distinct. */
  private ModalitySet(List<Modality> members) {
    requireSize(members);
    this.members = List.copyOf(members);
  }

  /**
   * Checks the number of modalities of a data set or a model.
   *
   * @throws ConfigException if there are more than {@link #MAX_SIZE}
   */
  static void requireSize(Collection<Modality> modalities) {
    if (modalities.size() > MAX_SIZE) {
      throw new ConfigException(
          "at most "
              + MAX_SIZE
              + " modalities are possible, not "
              + modalities.size()
              + ": "
              + modalities.stream().map(Modality::key).collect(Collectors.joining(", ")));
    }
  }

  public static ModalitySet of(Modality... modalities) {
    return of(List.of(modalities));
  }

  /**
   * Returns the set of these modalities.
   *
   * @throws ConfigException if there are more than {@link #MAX_SIZE}
   */
  public static ModalitySet of(Iterable<Modality> modalities) {
    TreeSet<Modality> sorted = new TreeSet<>();
    modalities.forEach(sorted::add);
    return sorted.isEmpty() ? NONE : new ModalitySet(List.copyOf(sorted));
  }

  /**
   * Parses a list such as {@code text,audio}.
   *
   * @throws ConfigException if the list is empty or names an invalid modality
   */
  public static ModalitySet parse(String commaSeparated) {
    List<Modality> modalities = new ArrayList<>();
    for (String key : commaSeparated.split(",", -1)) {
      modalities.add(Modality.of(key.strip()));
    }
    return of(modalities);
  }

  /**
   * Returns the set whose members' bits are set.
   *
   * @param order what {@link #bitOrder} returns for the modalities of the data set
   * @throws ConfigException if another bit is set
   */
  public static ModalitySet ofBits(int bits, List<Modality> order) {
    if ((bits & -(1 << order.size())) != 0) {
      throw new ConfigException("invalid modality bits: " + Integer.toBinaryString(bits));
    }
    List<Modality> members = new ArrayList<>(order.size());
    for (int m = 0; m < order.size(); m++) {
      if ((bits & 1 << m) != 0) {
        members.add(order.get(m));
      }
    }
    return members.isEmpty() ? NONE : new ModalitySet(members);
  }

  /**
   * Returns the order in which the members of this set are numbered in files: text, audio and
   * visual if there is no other, as they are 0, 1 and 2 in files of CMU-MOSEI even if one of them
   * is absent; otherwise the members of this set.
   */
  public List<Modality> bitOrder() {
    return Modality.MOSEI.containsAll(members) ? Modality.MOSEI : members;
  }

  /**
   * Returns the set as bits.
   *
   * @param order bit {@code m} stands for its modality {@code m}
   * @throws ConfigException if a member is not in it
   */
  public int bits(List<Modality> order) {
    int bits = 0;
    for (Modality modality : members) {
      int m = order.indexOf(modality);
      if (m < 0) {
        throw new ConfigException(modality + " is none of the modalities " + of(order));
      }
      bits |= 1 << m;
    }
    return bits;
  }

  /** Returns all subsets, the empty one first; bit {@code m} of an index is member {@code m}. */
  public List<ModalitySet> subsets() {
    List<ModalitySet> sets = new ArrayList<>(1 << size());
    for (int bits = 0; bits < 1 << size(); bits++) {
      sets.add(ofBits(bits, members));
    }
    return List.copyOf(sets);
  }

  /** Returns the subsets that hold at least one modality, the single ones first. */
  public List<ModalitySet> nonEmpty() {
    return subsets().stream().filter(set -> !set.isEmpty()).sorted().toList();
  }

  public boolean contains(Modality modality) {
    return members.contains(modality);
  }

  /** Whether this set holds all members of the other. */
  public boolean containsAll(ModalitySet other) {
    return members.containsAll(other.members);
  }

  public ModalitySet with(Modality modality) {
    if (contains(modality)) {
      return this;
    }
    List<Modality> more = new ArrayList<>(members);
    more.add(modality);
    return of(more);
  }

  public ModalitySet without(Modality modality) {
    return contains(modality)
        ? new ModalitySet(members.stream().filter(each -> !each.equals(modality)).toList())
        : this;
  }

  public ModalitySet and(ModalitySet other) {
    return other.containsAll(this)
        ? this
        : new ModalitySet(members.stream().filter(other::contains).toList());
  }

  public int size() {
    return members.size();
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  /** Returns the members, in the order of {@link Modality}. */
  public List<Modality> toList() {
    return members;
  }

  /** Smaller sets come first; of the same size, those whose last members come first. */
  @Override
  public int compareTo(ModalitySet other) {
    int order = Integer.compare(size(), other.size());
    for (int m = size() - 1; m >= 0 && order == 0; m--) {
      order = members.get(m).compareTo(other.members.get(m));
    }
    return order;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModalitySet that && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  /** Returns the members' keys joined by {@code +}, such as {@code text+audio}. */
  @Override
  public String toString() {
    return members.stream().map(Modality::key).collect(Collectors.joining("+"));
  }
}
