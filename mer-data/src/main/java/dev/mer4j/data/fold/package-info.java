/** The videos that a model is trained, validated and tested on. */
@NullMarked
package dev.mer4j.data.fold;

import org.jspecify.annotations.NullMarked;
