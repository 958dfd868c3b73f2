/**
 * The default engine on CPUs: oneDNN's LSTM, one single-threaded primitive for each direction of
 * each modality.
 */
@NullMarked
package dev.mer4j.core.encoder.onednn;

import org.jspecify.annotations.NullMarked;
