/** Attribution of predictions to modalities. */
@NullMarked
package dev.mer4j.eval.attribution;

import org.jspecify.annotations.NullMarked;
