/** Segments for the other modules of mer4j. */
@NullMarked
package dev.mer4j.internal.segment;

import org.jspecify.annotations.NullMarked;
