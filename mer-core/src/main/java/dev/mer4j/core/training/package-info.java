/** Training a model: {@link dev.mer4j.core.training.TrainingSession}. */
@NullMarked
package dev.mer4j.core.training;

import org.jspecify.annotations.NullMarked;
