/** Sanitizing of values that a model cannot use, with counts. */
@NullMarked
package dev.mer4j.data.sanitize;

import org.jspecify.annotations.NullMarked;
