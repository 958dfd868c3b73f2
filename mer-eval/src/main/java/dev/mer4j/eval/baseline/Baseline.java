package dev.mer4j.eval.baseline;

/**
 * A predictor that gives every segment the same answer.
 *
 * @param name what it answers
 * @param <M> the set of metrics it was judged by
 */
public record Baseline<M>(String name, M metrics) {}
