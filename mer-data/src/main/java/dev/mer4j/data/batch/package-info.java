/** Segments packed into rectangular arrays for the encoders. */
@NullMarked
package dev.mer4j.data.batch;

import org.jspecify.annotations.NullMarked;
