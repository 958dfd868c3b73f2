/** What of the files is in segments, and what is not: counted and named. */
@NullMarked
package dev.mer4j.data.coverage;

import org.jspecify.annotations.NullMarked;
