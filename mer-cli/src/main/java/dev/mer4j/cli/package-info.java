/** The command line {@code mer}: thin commands over the library modules. */
@NullMarked
package dev.mer4j.cli;

import org.jspecify.annotations.NullMarked;
