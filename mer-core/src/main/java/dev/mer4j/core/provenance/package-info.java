/** What a model was made from, and which segments it has seen. */
@NullMarked
package dev.mer4j.core.provenance;

import org.jspecify.annotations.NullMarked;
