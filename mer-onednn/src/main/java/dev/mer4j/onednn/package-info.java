/**
 * Backend {@code onednn}: oneDNN's LSTM, one single-threaded primitive for each direction of each
 * modality.
 */
@NullMarked
package dev.mer4j.onednn;

import org.jspecify.annotations.NullMarked;
