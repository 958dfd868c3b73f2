/** Reads ZIP archives by position, of any size, as numpy and torch write them. */
@NullMarked
package dev.mer4j.data.source.zip;

import org.jspecify.annotations.NullMarked;
