package dev.mer4j.eval;

import dev.mer4j.MerException;
import dev.mer4j.data.ModalitySet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One model judged on what it can do with each set of modalities.
 *
 * @param protocol how modalities were taken away, such as {@link #FIXED}
 * @param evaluations by what the model was allowed to see, in the order of the table; one set holds
 *     all others
 */
public record ModalityTable(String protocol, Map<ModalitySet, Evaluation> evaluations) {
  /** Every segment loses the same modalities. */
  public static final String FIXED = "fixed";

  public ModalityTable {
    evaluations = Collections.unmodifiableMap(new LinkedHashMap<>(evaluations));
    fullest(evaluations);
  }

  /**
   * What is left with some modalities.
   *
   * @param macroF1 in the task that the model was trained for
   * @param drop macro-F1 with everything minus this one
   */
  public record Row(ModalitySet available, double macroF1, double drop, double balancedAccuracy) {}

  /** The set that holds all others. */
  public ModalitySet full() {
    return fullest(evaluations);
  }

  /** One row per set of modalities, in the order given. */
  public List<Row> rows() {
    double full = evaluations.get(full()).macroF1();
    return evaluations.entrySet().stream()
        .map(
            each ->
                new Row(
                    each.getKey(),
                    each.getValue().macroF1(),
                    full - each.getValue().macroF1(),
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
                    "a drop needs one set of modalities that holds all others: "
                        + evaluations.keySet()));
  }
}
