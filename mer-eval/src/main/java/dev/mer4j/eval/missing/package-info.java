/** Evaluation with missing modalities or steps. */
@NullMarked
package dev.mer4j.eval.missing;

import org.jspecify.annotations.NullMarked;
