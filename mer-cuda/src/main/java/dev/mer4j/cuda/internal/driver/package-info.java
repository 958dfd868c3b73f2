/** An object-oriented layer over the CUDA driver API. It requires only the NVIDIA driver. */
@NullMarked
package dev.mer4j.cuda.internal.driver;

import org.jspecify.annotations.NullMarked;
