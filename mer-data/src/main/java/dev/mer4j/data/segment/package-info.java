/** Splitting of whole videos into labeled segments, by the alignment rule of the dataset's SDK. */
@NullMarked
package dev.mer4j.data.segment;

import org.jspecify.annotations.NullMarked;
