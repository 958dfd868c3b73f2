/** The origin of a model and the segments it was trained on. */
@NullMarked
package dev.mer4j.core.provenance;

import org.jspecify.annotations.NullMarked;
