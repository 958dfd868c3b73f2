package dev.mer4j.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The decision threshold of each class. Each set of available modalities can have its own
 * thresholds, because probabilities shift when modalities are missing. Fitted on validation data
 * only.
 *
 * <p>In the multi-label task an emotion is predicted if its probability is at or above its
 * threshold. In the single-label task the class with the highest ratio of probability to threshold
 * is predicted, the first of them on a tie (R's {@code randomForest} calls these thresholds {@code
 * cutoff}). That is the highest sum of the log-probability and an offset, minus the logarithm of
 * the threshold; only the ratios of the thresholds matter, and with equal ones the most probable
 * class is predicted.
 *
 * @param perEmotion [C], in the order of {@link LabelSet#classes}, each in [0, 1], and above 0 in
 *     the single-label task: the thresholds of sets that {@code bySet} does not contain
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
    bySet = ValuesBySet.copyOf("thresholds", perEmotion.size(), bySet, Thresholds::requireValid);
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

  /** One half for each of some classes. */
  public static Thresholds half(int classes) {
    return new Thresholds(Collections.nCopies(classes, 0.5));
  }

  /**
   * Checks that there is one threshold for each class, and in the single-label task that it is
   * above 0.
   *
   * @throws ConfigException if there is not
   */
  public void requireClasses(LabelSet scheme) {
    int classes = scheme.classCount();
    if (perEmotion.size() != classes) {
      throw new ConfigException(
          "a model of " + classes + " classes needs as many thresholds: " + perEmotion);
    }
    boolean zero =
        perEmotion.contains(0.0) || bySet.values().stream().anyMatch(own -> own.contains(0.0));
    if (scheme.task() == Task.SINGLE_LABEL && zero) {
      throw new ConfigException("thresholds of the single-label task must be above 0: " + this);
    }
  }

  /**
   * Returns these thresholds, with one half for the class none if they are of an earlier version
   * and lack it.
   */
  public Thresholds completedFor(LabelSet scheme) {
    boolean lacksNone =
        bySet.isEmpty()
            && perEmotion.size() == scheme.labels().size()
            && scheme.classCount() > scheme.labels().size();
    return lacksNone ? half(scheme.classCount()) : this;
  }

  /** Returns the thresholds [C] that apply to a set of available modalities. */
  public List<Double> of(ModalitySet available) {
    return bySet.getOrDefault(available, perEmotion);
  }

  /**
   * Returns the class that the single-label task predicts: that with the highest {@link #ratio},
   * the first of them on a tie.
   *
   * @param available the available modalities
   * @param probabilities [C]
   */
  public int predictedClass(ModalitySet available, List<Double> probabilities) {
    List<Double> own = of(available);
    int best = 0;
    for (int c = 1; c < own.size(); c++) {
      if (ratio(probabilities.get(c), own.get(c)) > ratio(probabilities.get(best), own.get(best))) {
        best = c;
      }
    }
    return best;
  }

  /**
   * Returns the ratio of a probability to a threshold above 0. Probabilities below {@link
   * LogProbability#LOWEST} count as that, because a single-precision softmax may return 0.
   */
  public static double ratio(double probability, double threshold) {
    return Math.max(LogProbability.LOWEST, probability) / threshold;
  }

  /** Returns the same thresholds without those of single sets. */
  public Thresholds withoutSets() {
    return new Thresholds(perEmotion);
  }
}
