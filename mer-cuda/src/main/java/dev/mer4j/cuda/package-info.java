/** Backends on an NVIDIA GPU, by kernels of our own: encoders, head and training steps. */
@NullMarked
package dev.mer4j.cuda;

import org.jspecify.annotations.NullMarked;
