/** Native code on CPUs: libraries, memory outside the heap and threads. */
@NullMarked
package dev.mer4j.core.internal.cpu;

import org.jspecify.annotations.NullMarked;
