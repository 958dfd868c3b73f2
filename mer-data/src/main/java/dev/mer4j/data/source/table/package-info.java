/** Tables of text: of segments, and of rows with times. */
@NullMarked
package dev.mer4j.data.source.table;

import org.jspecify.annotations.NullMarked;
