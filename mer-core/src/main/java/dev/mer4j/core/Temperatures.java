package dev.mer4j.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.mer4j.ConfigException;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Divisors of the logits that calibrate probabilities (temperature scaling; Guo et al., 2017): one
 * temperature per emotion in the multi-label task; the same for all classes in the single-label
 * task, whose probabilities share a softmax. Each set of available modalities can have its own,
 * because confidence shifts when modalities are missing. Fitted on validation data only.
 *
 * <p>Temperatures change no decision: {@link Thresholds} apply to unscaled probabilities.
 *
 * @param perEmotion [C], in the order of {@link LabelSet#classes}, each above 0: the temperatures
 *     of sets that {@code bySet} does not contain; values above 1 lower the confidence
 * @param bySet [C] of each set of available modalities that has its own
 */
public record Temperatures(
    List<Double> perEmotion,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        @JsonDeserialize(keyUsing = ModalitySetKey.class)
        Map<ModalitySet, List<Double>> bySet) {
  /**
   * @throws ConfigException if a temperature is not a number above 0, or a set has another number
   *     of them
   */
  public Temperatures {
    perEmotion = requireValid(perEmotion);
    bySet =
        ValuesBySet.copyOf("temperatures", perEmotion.size(), bySet, Temperatures::requireValid);
  }

  /** Creates temperatures that do not depend on the available modalities. */
  public Temperatures(List<Double> perEmotion) {
    this(perEmotion, Map.of());
  }

  private static List<Double> requireValid(List<Double> temperatures) {
    List<Double> copy = List.copyOf(temperatures);
    if (copy.isEmpty() || copy.stream().anyMatch(t -> !(t > 0 && Double.isFinite(t)))) {
      throw new ConfigException("temperatures must be numbers above 0: " + copy);
    }
    return copy;
  }

  /**
   * Checks that there is one temperature for each class.
   *
   * @throws ConfigException if there is not
   */
  public void requireClasses(LabelSet scheme) {
    if (perEmotion.size() != scheme.classCount()) {
      throw new ConfigException(
          "a model of " + scheme.classCount() + " classes needs as many temperatures: " + this);
    }
  }

  /** Returns the temperatures [C] that apply to a set of available modalities. */
  public List<Double> of(ModalitySet available) {
    return bySet.getOrDefault(available, perEmotion);
  }

  /**
   * Returns the calibrated probabilities [C] of a prediction.
   *
   * @param task selects the sigmoid or the softmax
   */
  public List<Double> applyTo(Prediction prediction, Task task) {
    List<Double> own = of(prediction.available());
    return task == Task.SINGLE_LABEL
        ? softmax(prediction.probabilities(), own.get(0))
        : sigmoids(prediction.probabilities(), own);
  }

  private static List<Double> sigmoids(List<Double> probabilities, List<Double> temperatures) {
    List<Double> scaled = new ArrayList<>();
    for (int c = 0; c < temperatures.size(); c++) {
      double logit = LogProbability.logit(probabilities.get(c)) / temperatures.get(c);
      scaled.add(1 / (1 + StrictMath.exp(-logit)));
    }
    return scaled;
  }

  private static List<Double> softmax(List<Double> probabilities, double temperature) {
    double[] powers =
        probabilities.stream()
            .mapToDouble(p -> StrictMath.exp(LogProbability.of(p) / temperature))
            .toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).mapToObj(power -> power / sum).toList();
  }
}
