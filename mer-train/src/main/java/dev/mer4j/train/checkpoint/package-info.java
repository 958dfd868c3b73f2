/** The whole state of a run on disk, and taking it up again. */
@NullMarked
package dev.mer4j.train.checkpoint;

import org.jspecify.annotations.NullMarked;
