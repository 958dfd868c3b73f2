/** Which modality made a model say what it said. */
@NullMarked
package dev.mer4j.eval.attribution;

import org.jspecify.annotations.NullMarked;
