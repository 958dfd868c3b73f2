/** A study as one HTML page that needs nothing else. */
@NullMarked
package dev.mer4j.eval.page;

import org.jspecify.annotations.NullMarked;
