/** Writing files so that a reader sees the whole of one or nothing of it, and no input is lost. */
@NullMarked
package dev.mer4j.file;

import org.jspecify.annotations.NullMarked;
