/** The vocabulary of the data: modalities, emotions, segments. */
@NullMarked
package dev.mer4j.data;

import org.jspecify.annotations.NullMarked;
