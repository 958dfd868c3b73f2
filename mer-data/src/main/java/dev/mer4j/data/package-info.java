/** The core data types: modalities, emotions and segments. */
@NullMarked
package dev.mer4j.data;

import org.jspecify.annotations.NullMarked;
