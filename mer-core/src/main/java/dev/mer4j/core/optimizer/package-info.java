/** From a gradient to new parameters. */
@NullMarked
package dev.mer4j.core.optimizer;

import org.jspecify.annotations.NullMarked;
