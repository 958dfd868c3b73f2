/** Thresholds of the emotions, fitted on validation data. */
@NullMarked
package dev.mer4j.eval.threshold;

import org.jspecify.annotations.NullMarked;
