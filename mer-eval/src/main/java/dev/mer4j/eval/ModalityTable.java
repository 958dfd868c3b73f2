package dev.mer4j.eval;

import dev.mer4j.MerException;
import dev.mer4j.data.ModalitySet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The evaluations of one model with each set of modalities.
 *
 * @param protocol the protocol of missing modalities, such as {@link #FIXED}
 * @param evaluations evaluations by the modalities available to the model, in the order of the
 *     table; one set contains all others
 * @param fullThresholdsMacroF1 macro-F1 of each of these sets if all segments used the thresholds
 *     of the full input
 */
public record ModalityTable(
    String protocol,
    Map<ModalitySet, Evaluation> evaluations,
    Map<ModalitySet, Double> fullThresholdsMacroF1) {
  /** The protocol in which every segment lacks the same modalities. */
  public static final String FIXED = "fixed";

  public ModalityTable {
    evaluations = Collections.unmodifiableMap(new LinkedHashMap<>(evaluations));
    fullThresholdsMacroF1 = Map.copyOf(fullThresholdsMacroF1);
    fullest(evaluations);
  }

  /**
   * The score with a set of modalities.
   *
   * @param macroF1 macro-F1 in the model's own task
   * @param drop macro-F1 with all modalities minus {@code macroF1}
   * @param constant the highest macro-F1 of the constant predictors
   * @param fullThresholds macro-F1 if all segments used the thresholds of the full input
   */
  public record Row(
      ModalitySet available,
      double macroF1,
      double drop,
      double constant,
      double fullThresholds,
      double balancedAccuracy) {}

  /** Returns the set that contains all others. */
  public ModalitySet full() {
    return fullest(evaluations);
  }

  /** Returns one row per set of modalities, in the given order. */
  public List<Row> rows() {
    double full = evaluations.get(full()).macroF1();
    return evaluations.entrySet().stream()
        .map(
            each ->
                new Row(
                    each.getKey(),
                    each.getValue().macroF1(),
                    full - each.getValue().macroF1(),
                    each.getValue().bestConstantMacroF1(),
                    fullThresholdsMacroF1.getOrDefault(each.getKey(), Double.NaN),
                    each.getValue().multiLabel().balancedAccuracy()))
        .toList();
  }

  private static ModalitySet fullest(Map<ModalitySet, Evaluation> evaluations) {
    return evaluations.keySet().stream()
        .filter(
            set -> evaluations.keySet().stream().allMatch(other -> set.and(other).equals(other)))
        .findFirst()
        .orElseThrow(
            () ->
                new MerException(
                    "drops require a set of modalities that contains all others: "
                        + evaluations.keySet()));
  }
}
