package dev.mer4j.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.mer4j.ConfigException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable, ordered map from modalities to values.
 *
 * <p>Values keep their insertion order. An absent modality has no value, never null. In JSON this
 * is an object with the modalities' keys.
 *
 * @param <T> the type of the values
 */
public final class PerModality<T> {
  private static final PerModality<?> EMPTY = new PerModality<>(List.of(), List.of());

  private final List<Modality> modalities;
  private final List<T> values;

  private PerModality(List<Modality> modalities, List<T> values) {
    ModalitySet.requireSize(modalities);
    this.modalities = List.copyOf(modalities);
    this.values = List.copyOf(values);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private PerModality(Map<Modality, ? extends T> map) {
    modalities = sorted(map.keySet());
    ModalitySet.requireSize(modalities);
    values = modalities.stream().<T>map(modality -> value(map, modality)).toList();
  }

  private static List<Modality> sorted(Iterable<Modality> modalities) {
    List<Modality> sorted = new ArrayList<>();
    modalities.forEach(sorted::add);
    sorted.sort(Comparator.naturalOrder());
    return List.copyOf(sorted);
  }

  private static <T> T value(Map<Modality, ? extends T> map, Modality modality) {
    @Nullable T value = map.get(modality);
    if (value == null) {
      throw new ConfigException(modality.key() + " must not be null");
    }
    return value;
  }

  /** Returns an empty map. */
  @SuppressWarnings("unchecked") // the empty map has no values
  public static <T> PerModality<T> of() {
    return (PerModality<T>) EMPTY;
  }

  /** Returns the value of one modality. */
  public static <T> PerModality<T> of(Modality modality, T value) {
    return new PerModality<>(List.of(modality), List.of(value));
  }

  /**
   * Returns the values of two modalities.
   *
   * @throws IllegalArgumentException if they are the same
   */
  public static <T> PerModality<T> of(Modality first, T value, Modality second, T other) {
    return PerModality.<T>builder().put(first, value).put(second, other).build();
  }

  /**
   * Returns the values of three modalities.
   *
   * @throws IllegalArgumentException if two of them are the same
   */
  public static <T> PerModality<T> of(
      Modality first, T value, Modality second, T other, Modality third, T last) {
    return PerModality.<T>builder().put(first, value).put(second, other).put(third, last).build();
  }

  /**
   * Returns the values of a map, in the order of {@link Modality}.
   *
   * @throws ConfigException if a value is null
   */
  public static <T> PerModality<T> of(Map<Modality, ? extends T> values) {
    return new PerModality<>(values);
  }

  /**
   * Returns the function's value for each modality, in the order of the modalities.
   *
   * @throws IllegalArgumentException if a modality occurs twice
   */
  public static <T> PerModality<T> of(
      Iterable<Modality> modalities, Function<? super Modality, ? extends T> value) {
    Builder<T> builder = builder();
    modalities.forEach(modality -> builder.put(modality, value.apply(modality)));
    return builder.build();
  }

  /** Returns an empty builder. */
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /**
   * Returns a collector that maps each element of an ordered stream to one modality and value; it
   * throws {@link IllegalArgumentException} if two elements have the same modality.
   */
  public static <E, T> Collector<E, ?, PerModality<T>> collector(
      Function<? super E, Modality> modality, Function<? super E, ? extends T> value) {
    return Collector.of(
        PerModality::<T>builder,
        (builder, element) -> builder.put(modality.apply(element), value.apply(element)),
        Builder::putAll,
        Builder::build);
  }

  /**
   * Returns a modality's value.
   *
   * @throws NoSuchElementException if it has none
   */
  public T get(Modality modality) {
    int at = modalities.indexOf(modality);
    if (at < 0) {
      throw new NoSuchElementException(
          "no value for "
              + modality.key()
              + ", only for "
              + modalities.stream().map(Modality::key).toList());
    }
    return values.get(at);
  }

  /** Returns a modality's value; empty if it has none. */
  public Optional<T> find(Modality modality) {
    int at = modalities.indexOf(modality);
    return at < 0 ? Optional.empty() : Optional.of(values.get(at));
  }

  /** Returns whether a modality has a value. */
  public boolean has(Modality modality) {
    return modalities.contains(modality);
  }

  /** Returns the modalities that have a value, in order. */
  public List<Modality> modalities() {
    return modalities;
  }

  /** Returns the values, in the order of their modalities. */
  public List<T> values() {
    return values;
  }

  /** Returns the number of modalities that have a value. */
  public int size() {
    return values.size();
  }

  /** Returns whether no modality has a value. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Calls the action with each modality and its value, in order. */
  public void forEach(BiConsumer<? super Modality, ? super T> action) {
    for (int m = 0; m < values.size(); m++) {
      action.accept(modalities.get(m), values.get(m));
    }
  }

  /** Returns the results of a function applied to each value, for the same modalities. */
  public <R> PerModality<R> map(Function<? super T, ? extends R> function) {
    return new PerModality<>(modalities, values.stream().<R>map(function).toList());
  }

  /** Returns a copy in which the modality's value is replaced or added. */
  public PerModality<T> with(Modality modality, T value) {
    List<Modality> keys = new ArrayList<>(modalities);
    List<T> changed = new ArrayList<>(values);
    int at = modalities.indexOf(modality);
    if (at < 0) {
      keys.add(modality);
      changed.add(value);
    } else {
      changed.set(at, value);
    }
    return new PerModality<>(keys, changed);
  }

  /** Returns the same values in the order of {@link Modality}. */
  public PerModality<T> sorted() {
    return of(sorted(modalities), this::get);
  }

  /** Returns an unmodifiable map of the values, in the same order. */
  @JsonValue
  public Map<Modality, T> toMap() {
    Map<Modality, T> map = new LinkedHashMap<>();
    forEach(map::put);
    return Collections.unmodifiableMap(map);
  }

  /** Returns whether the other has equal values for the same modalities, in the same order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PerModality<?> that
        && modalities.equals(that.modalities)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(modalities, values);
  }

  /** Returns the values by their modalities' keys, such as {@code {text=300, audio=74}}. */
  @Override
  public String toString() {
    return IntStream.range(0, size())
        .mapToObj(m -> modalities.get(m).key() + "=" + values.get(m))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /**
   * Builds a {@link PerModality}.
   *
   * @param <T> the type of the values
   */
  public static final class Builder<T> {
    private final List<Modality> modalities = new ArrayList<>();
    private final List<T> values = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a modality's value.
     *
     * @throws IllegalArgumentException if the modality already has a value
     */
    public Builder<T> put(Modality modality, T value) {
      Objects.requireNonNull(modality, "modality");
      Objects.requireNonNull(value, modality.key());
      if (modalities.contains(modality)) {
        throw new IllegalArgumentException("duplicate modality: " + modality.key());
      }
      modalities.add(modality);
      values.add(value);
      return this;
    }

    private Builder<T> putAll(Builder<T> other) {
      other.build().forEach(this::put);
      return this;
    }

    /** Returns the map, in insertion order. */
    public PerModality<T> build() {
      return new PerModality<>(modalities, values);
    }
  }
}
