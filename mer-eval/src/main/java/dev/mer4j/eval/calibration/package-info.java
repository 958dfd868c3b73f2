/** Whether probabilities mean what they say. */
@NullMarked
package dev.mer4j.eval.calibration;

import org.jspecify.annotations.NullMarked;
