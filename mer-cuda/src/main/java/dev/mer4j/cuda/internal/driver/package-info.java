/** The CUDA driver API as objects: no library of NVIDIA's is needed but the driver's own. */
@NullMarked
package dev.mer4j.cuda.internal.driver;

import org.jspecify.annotations.NullMarked;
