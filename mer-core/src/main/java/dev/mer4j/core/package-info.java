/** The model: {@link dev.mer4j.core.MultimodalModel} and what goes in and comes out of it. */
@NullMarked
package dev.mer4j.core;

import org.jspecify.annotations.NullMarked;
