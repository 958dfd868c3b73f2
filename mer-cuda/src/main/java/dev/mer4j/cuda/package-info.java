/** Backends on NVIDIA GPUs with custom CUDA kernels for encoders, head and training steps. */
@NullMarked
package dev.mer4j.cuda;

import org.jspecify.annotations.NullMarked;
