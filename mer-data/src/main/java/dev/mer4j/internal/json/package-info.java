/** JSON of the program's files and results. */
@NullMarked
package dev.mer4j.internal.json;

import org.jspecify.annotations.NullMarked;
