/** What the engines that run native code on CPUs share: memory outside the heap, and threads. */
@NullMarked
package dev.mer4j.core.encoder.cpu;

import org.jspecify.annotations.NullMarked;
