package dev.mer4j.core.training;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;

/**
 * The loss, optimizer and clipping settings of a {@link TrainingSession}.
 *
 * @param loss the loss, with one weight for each of the model's C classes
 * @param rates the rates of AdamW; no step's learning rate exceeds theirs
 * @param clipping the limit of the gradient's norm
 */
public record TrainingOptions(Loss loss, AdamW.Rates rates, GradientClipping clipping) {}
