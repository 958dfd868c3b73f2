/** The fusion head: fusion of the encoder states, the perceptron and the loss. */
@NullMarked
package dev.mer4j.core.fusion;

import org.jspecify.annotations.NullMarked;
