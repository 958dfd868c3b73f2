/** Trains several settings with several seeds, and compares what they score. */
@NullMarked
package dev.mer4j.train.sweep;

import org.jspecify.annotations.NullMarked;
