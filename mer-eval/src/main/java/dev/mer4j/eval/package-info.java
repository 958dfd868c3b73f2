/** Evaluates models: metrics with those of constant predictors, for any set of modalities. */
@NullMarked
package dev.mer4j.eval;

import org.jspecify.annotations.NullMarked;
