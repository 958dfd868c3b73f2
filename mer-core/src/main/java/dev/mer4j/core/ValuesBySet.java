package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.data.ModalitySet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Checks values that each set of available modalities can have of its own. */
final class ValuesBySet {
  private ValuesBySet() {}

  /**
   * Returns a sorted, unmodifiable copy.
   *
   * @param name of the values in messages, such as {@code thresholds}
   * @param count the number of values of each set
   * @param valid copies the values of a set or throws
   * @throws ConfigException if a set has another number of values
   */
  static Map<ModalitySet, List<Double>> copyOf(
      String name,
      int count,
      Map<ModalitySet, List<Double>> values,
      UnaryOperator<List<Double>> valid) {
    Map<ModalitySet, List<Double>> copies = new TreeMap<>();
    for (Map.Entry<ModalitySet, List<Double>> each : values.entrySet()) {
      List<Double> own = valid.apply(each.getValue());
      if (own.size() != count) {
        throw new ConfigException(name + " of " + each.getKey() + " must be " + count + ": " + own);
      }
      copies.put(each.getKey(), own);
    }
    return Collections.unmodifiableMap(copies);
  }
}
