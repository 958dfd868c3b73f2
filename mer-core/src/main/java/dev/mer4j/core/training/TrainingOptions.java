package dev.mer4j.core.training;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;

/**
 * What a {@link TrainingSession} minimizes, and how.
 *
 * @param loss with one weight for each of the model's C classes
 * @param rates of AdamW; a step's learning rate is not above theirs
 * @param clipping the limit of the gradient's norm
 */
public record TrainingOptions(Loss loss, AdamW.Rates rates, GradientClipping clipping) {}
