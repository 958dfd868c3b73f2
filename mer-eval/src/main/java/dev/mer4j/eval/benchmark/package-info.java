/** The missing-modality benchmark: masks for any system, and the evaluation of its predictions. */
@NullMarked
package dev.mer4j.eval.benchmark;

import org.jspecify.annotations.NullMarked;
