/** Benchmarks of the same network in ND4J and DL4J. */
@NullMarked
package dev.mer4j.benchmarks.nd4j;

import org.jspecify.annotations.NullMarked;
