/** Conversion of annotators' scores to prediction targets. */
@NullMarked
package dev.mer4j.data.label;

import org.jspecify.annotations.NullMarked;
