package dev.mer4j.core;

/**
 * One forward and backward pass.
 *
 * @param loss the batch's mean loss, in nats
 * @param gradient [P], in the order of the model's parameters; valid until the model's next step
 */
public record Step(double loss, float[] gradient) {}
