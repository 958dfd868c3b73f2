/** What predictors that ignore their input reach: the floor of every metric. */
@NullMarked
package dev.mer4j.eval.baseline;

import org.jspecify.annotations.NullMarked;
