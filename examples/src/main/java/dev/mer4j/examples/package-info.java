/** Small programs that show how to use mer4j. */
@NullMarked
package dev.mer4j.examples;

import org.jspecify.annotations.NullMarked;
