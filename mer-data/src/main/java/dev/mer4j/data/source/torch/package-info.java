/** Reads what {@code torch.save} writes: a ZIP archive with a pickle and one member by storage. */
@NullMarked
package dev.mer4j.data.source.torch;

import org.jspecify.annotations.NullMarked;
