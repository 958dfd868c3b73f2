/** Trains several settings with several seeds, and compares their scores. */
@NullMarked
package dev.mer4j.train.sweep;

import org.jspecify.annotations.NullMarked;
