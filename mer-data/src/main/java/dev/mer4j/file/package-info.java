/** Atomic writing of files and folders that never overwrites an input. */
@NullMarked
package dev.mer4j.file;

import org.jspecify.annotations.NullMarked;
