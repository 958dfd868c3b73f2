/** From whole videos to labelled segments, by the alignment rule of the dataset's own SDK. */
@NullMarked
package dev.mer4j.data.segment;

import org.jspecify.annotations.NullMarked;
