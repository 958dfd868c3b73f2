/** Compiles and runs the code of the documents. */
@NullMarked
package dev.mer4j.docs;

import org.jspecify.annotations.NullMarked;
