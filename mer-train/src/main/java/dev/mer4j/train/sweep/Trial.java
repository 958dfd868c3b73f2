package dev.mer4j.train.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The scores of one seed of one setting.
 *
 * @param scores by name, such as {@code valid macro-F1}
 */
public record Trial(String setting, long seed, Map<String, Double> scores) {
  public Trial {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }
}
