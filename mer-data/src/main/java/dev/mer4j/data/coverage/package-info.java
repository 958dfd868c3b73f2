/** Counts and names of the data in no segment. */
@NullMarked
package dev.mer4j.data.coverage;

import org.jspecify.annotations.NullMarked;
