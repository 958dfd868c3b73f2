/** From the encoders' states to emotions: the fusion head. */
@NullMarked
package dev.mer4j.core.fusion;

import org.jspecify.annotations.NullMarked;
