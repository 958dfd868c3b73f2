package dev.mer4j.eval.baseline;

/**
 * The metrics of a predictor that ignores its input.
 *
 * @param name the name of the predictor
 * @param <M> the type of the metrics
 */
public record Baseline<M>(String name, M metrics) {}
