/** Mending values that no model can use, and counting every one of them. */
@NullMarked
package dev.mer4j.data.sanitize;

import org.jspecify.annotations.NullMarked;
