/** Data sets of arrays: one file of splits, or files with a table of segments beside them. */
@NullMarked
package dev.mer4j.data.source.dataset;

import org.jspecify.annotations.NullMarked;
