/** Predictors that ignore their input, as a lower bound of every metric. */
@NullMarked
package dev.mer4j.eval.baseline;

import org.jspecify.annotations.NullMarked;
