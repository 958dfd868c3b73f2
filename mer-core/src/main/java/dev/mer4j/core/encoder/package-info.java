/** The seam behind which the Bi-LSTM encoders run: one backend or another, the same numbers. */
@NullMarked
package dev.mer4j.core.encoder;

import org.jspecify.annotations.NullMarked;
