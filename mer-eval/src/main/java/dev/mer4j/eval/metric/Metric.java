package dev.mer4j.eval.metric;

import java.util.function.ToDoubleFunction;

/**
 * A named number of a set of metrics; higher is better.
 *
 * @param key the name in files, such as {@code macro_f1}
 * @param title the name in tables
 * @param value returns the number; NaN if it is undefined
 * @param <M> the type of the metrics
 */
public record Metric<M>(String key, String title, ToDoubleFunction<M> value) {
  public double of(M metrics) {
    return value.applyAsDouble(metrics);
  }
}
