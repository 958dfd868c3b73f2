/** Calibration of probabilities. */
@NullMarked
package dev.mer4j.eval.calibration;

import org.jspecify.annotations.NullMarked;
