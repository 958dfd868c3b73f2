/** The bidirectional LSTM encoders and the interface of the backends that run them. */
@NullMarked
package dev.mer4j.core.encoder;

import org.jspecify.annotations.NullMarked;
