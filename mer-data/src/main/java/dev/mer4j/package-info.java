/** The exceptions that all modules share. */
@NullMarked
package dev.mer4j;

import org.jspecify.annotations.NullMarked;
