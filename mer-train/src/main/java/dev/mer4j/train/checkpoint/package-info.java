/** Checkpoints: the complete state of a run on disk. */
@NullMarked
package dev.mer4j.train.checkpoint;

import org.jspecify.annotations.NullMarked;
