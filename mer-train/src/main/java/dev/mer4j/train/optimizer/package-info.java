/** From a gradient to new parameters, on flat arrays. */
@NullMarked
package dev.mer4j.train.optimizer;

import org.jspecify.annotations.NullMarked;
