/** The same training with several seeds and settings, and what differs. */
@NullMarked
package dev.mer4j.train.experiment;

import org.jspecify.annotations.NullMarked;
