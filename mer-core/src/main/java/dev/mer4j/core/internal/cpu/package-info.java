/** Threads of the backends on CPUs, and libraries and memory outside the heap of native ones. */
@NullMarked
package dev.mer4j.core.internal.cpu;

import org.jspecify.annotations.NullMarked;
