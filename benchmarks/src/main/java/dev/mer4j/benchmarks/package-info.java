/** Benchmarks of mer4j and its peers, compared in one run. */
@NullMarked
package dev.mer4j.benchmarks;

import org.jspecify.annotations.NullMarked;
