/** How much of a model is left where modalities or steps are missing. */
@NullMarked
package dev.mer4j.eval.missing;

import org.jspecify.annotations.NullMarked;
