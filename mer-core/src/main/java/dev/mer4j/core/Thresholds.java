package dev.mer4j.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The decision threshold of each emotion: the lowest probability at which it is predicted. Each set
 * of available modalities can have its own thresholds, because probabilities shift when modalities
 * are missing. Fitted on validation data only; unused in the single-label task.
 *
 * @param perEmotion [C], in the order of the labels, each in [0, 1]: the thresholds of sets that
 *     {@code bySet} does not contain
 * @param bySet [C] of each set of available modalities that has its own
 */
public record Thresholds(
    List<Double> perEmotion,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        @JsonDeserialize(keyUsing = ModalitySetKey.class)
        Map<ModalitySet, List<Double>> bySet) {
  /** One half for each of CMU-MOSEI's six emotions. */
  public static final Thresholds HALF = half(Emotion.MOSEI.size());

  public Thresholds {
    perEmotion = requireValid(perEmotion);
    Map<ModalitySet, List<Double>> copies = new TreeMap<>();
    for (Map.Entry<ModalitySet, List<Double>> each : bySet.entrySet()) {
      List<Double> own = requireValid(each.getValue());
      if (own.size() != perEmotion.size()) {
        throw new ConfigException(
            "thresholds of " + each.getKey() + " must be " + perEmotion.size() + ": " + own);
      }
      copies.put(each.getKey(), own);
    }
    bySet = Collections.unmodifiableMap(copies);
  }

  /** Creates thresholds that do not depend on the available modalities. */
  public Thresholds(List<Double> perEmotion) {
    this(perEmotion, Map.of());
  }

  private static List<Double> requireValid(List<Double> thresholds) {
    List<Double> copy = List.copyOf(thresholds);
    if (copy.isEmpty() || copy.stream().anyMatch(t -> !(t >= 0 && t <= 1))) {
      throw new ConfigException("thresholds must be numbers in [0, 1]: " + copy);
    }
    return copy;
  }

  /** One half for every one of some labels. */
  public static Thresholds half(int labels) {
    return new Thresholds(Collections.nCopies(labels, 0.5));
  }

  /**
   * Checks that there is one threshold for each label.
   *
   * @throws ConfigException if there is not
   */
  public void requireLabels(int labels) {
    if (perEmotion.size() != labels) {
      throw new ConfigException(
          "a model of " + labels + " labels needs as many thresholds: " + perEmotion);
    }
  }

  /** Returns the thresholds [C] that apply to a set of available modalities. */
  public List<Double> of(ModalitySet available) {
    return bySet.getOrDefault(available, perEmotion);
  }

  /** Returns the same thresholds without those of single sets. */
  public Thresholds withoutSets() {
    return new Thresholds(perEmotion);
  }
}
