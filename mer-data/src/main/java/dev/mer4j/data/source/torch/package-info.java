/**
 * Reads what {@code torch.save} writes: a ZIP archive with a pickle and one member for each
 * storage, or, before torch 1.6, pickles followed by the storages; and tensors within other
 * pickles.
 */
@NullMarked
package dev.mer4j.data.source.torch;

import org.jspecify.annotations.NullMarked;
