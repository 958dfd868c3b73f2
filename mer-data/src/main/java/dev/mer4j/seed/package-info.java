/** Reproducible randomness: one root seed, from which every named stream is derived. */
@NullMarked
package dev.mer4j.seed;

import org.jspecify.annotations.NullMarked;
