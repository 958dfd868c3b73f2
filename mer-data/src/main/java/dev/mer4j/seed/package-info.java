/** Reproducible random streams, all derived from one root seed. */
@NullMarked
package dev.mer4j.seed;

import org.jspecify.annotations.NullMarked;
