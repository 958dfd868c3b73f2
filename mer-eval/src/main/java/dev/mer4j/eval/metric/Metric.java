package dev.mer4j.eval.metric;

import java.util.function.ToDoubleFunction;

/**
 * One number of a set of metrics; higher is better.
 *
 * @param key the name in files, such as {@code macro_f1}
 * @param title the name in tables
 * @param value reads it; NaN where it is not defined
 * @param <M> the set of metrics
 */
public record Metric<M>(String key, String title, ToDoubleFunction<M> value) {
  public double of(M metrics) {
    return value.applyAsDouble(metrics);
  }
}
