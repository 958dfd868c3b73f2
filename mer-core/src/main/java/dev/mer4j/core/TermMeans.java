package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.data.ModalitySet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The mean of each term of {@link dev.mer4j.core.fusion.Fusion.Additive} over a data set. They are
 * for display only: predictions do not depend on them.
 *
 * @param values [C] of each term, in single precision; a term without a mean is missing
 */
public record TermMeans(Map<ModalitySet, List<Double>> values) {
  /** No means. */
  public static final TermMeans UNKNOWN = new TermMeans(Map.of());

  /**
   * @throws ConfigException if a mean is not finite
   */
  public TermMeans {
    Map<ModalitySet, List<Double>> copy = new LinkedHashMap<>();
    values.forEach((term, means) -> copy.put(term, List.copyOf(means)));
    copy.forEach(
        (term, means) -> {
          if (!means.stream().allMatch(Double::isFinite)) {
            throw new ConfigException("mean of term " + term + " is not finite: " + means);
          }
        });
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns the means over the predictions that have a term; empty for other fusions.
   *
   * @param predictions usually those of the training split, from all modalities of each segment
   */
  public static TermMeans of(Predictions predictions) {
    Map<ModalitySet, double[]> sums = new LinkedHashMap<>();
    Map<ModalitySet, Integer> counts = new LinkedHashMap<>();
    for (Prediction row : predictions.rows()) {
      row.contributions()
          .ifPresent(
              contributions ->
                  contributions
                      .terms()
                      .forEach(
                          term -> {
                            int classes = term.values().size();
                            double[] sum =
                                sums.computeIfAbsent(term.modalities(), set -> new double[classes]);
                            for (int c = 0; c < classes; c++) {
                              sum[c] += term.values().get(c);
                            }
                            counts.merge(term.modalities(), 1, Integer::sum);
                          }));
    }
    Map<ModalitySet, List<Double>> means = new LinkedHashMap<>();
    sums.forEach(
        (term, sum) -> {
          List<Double> own = new ArrayList<>();
          for (double each : sum) {
            own.add((double) (float) (each / counts.getOrDefault(term, 1)));
          }
          means.put(term, own);
        });
    return new TermMeans(means);
  }

  /** Returns the means of a term [C]; empty if they are unknown. */
  public List<Double> of(ModalitySet term) {
    return values.getOrDefault(term, List.of());
  }

  /**
   * Checks that every mean is of a term of the model and has a value for each class.
   *
   * @throws ConfigException if not
   */
  void requireTerms(ModelConfig config) {
    int classes = config.labels().classCount();
    List<ModalitySet> terms = config.head().terms();
    values.forEach(
        (term, means) -> {
          if (!terms.contains(term) || means.size() != classes) {
            throw new ConfigException(
                String.format(
                    Locale.ROOT,
                    "%d means of term %s, but the model has %d classes and the terms %s",
                    means.size(),
                    term,
                    classes,
                    terms));
          }
        });
  }
}
