/** The same network with what ND4J and DL4J bring along. */
@NullMarked
package dev.mer4j.benchmarks.nd4j;

import org.jspecify.annotations.NullMarked;
