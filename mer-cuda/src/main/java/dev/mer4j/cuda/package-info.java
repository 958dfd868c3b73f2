/** Engine {@code cuda}: the encoders on an NVIDIA GPU, by kernels of our own. */
@NullMarked
package dev.mer4j.cuda;

import org.jspecify.annotations.NullMarked;
