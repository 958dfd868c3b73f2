/** The code that the guides show, compiled and run. */
@NullMarked
package dev.mer4j.docs;

import org.jspecify.annotations.NullMarked;
