/** Synthetic files in the format of the release, with a known signal in each modality. */
@NullMarked
package dev.mer4j.data.synth;

import org.jspecify.annotations.NullMarked;
