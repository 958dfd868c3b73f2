/** Which videos a model is trained, selected and tested on. */
@NullMarked
package dev.mer4j.data.fold;

import org.jspecify.annotations.NullMarked;
