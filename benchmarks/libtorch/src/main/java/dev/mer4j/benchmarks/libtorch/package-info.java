/** Benchmarks of the same network in libtorch. */
@NullMarked
package dev.mer4j.benchmarks.libtorch;

import org.jspecify.annotations.NullMarked;
