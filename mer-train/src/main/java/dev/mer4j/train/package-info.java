/** Trains models: training loop, modality dropout, selection, listeners. */
@NullMarked
package dev.mer4j.train;

import org.jspecify.annotations.NullMarked;
