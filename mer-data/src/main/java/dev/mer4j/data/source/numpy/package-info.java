/** Reads numpy's files: {@code .npy} of versions 1 to 3, and {@code .npz}. */
@NullMarked
package dev.mer4j.data.source.numpy;

import org.jspecify.annotations.NullMarked;
