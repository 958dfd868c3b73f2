/** Running native code on CPUs: memory outside the heap, and threads. */
@NullMarked
package dev.mer4j.core.internal.cpu;

import org.jspecify.annotations.NullMarked;
