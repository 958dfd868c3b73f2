/**
 * Judging a model: its metrics beside those of constant predictors, with and without modalities.
 */
@NullMarked
package dev.mer4j.eval;

import org.jspecify.annotations.NullMarked;
