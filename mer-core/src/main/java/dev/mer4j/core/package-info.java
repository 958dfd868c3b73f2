/** The model: {@link dev.mer4j.core.MultimodalModel}, its configuration and its predictions. */
@NullMarked
package dev.mer4j.core;

import org.jspecify.annotations.NullMarked;
