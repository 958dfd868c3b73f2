/** What things cost, measured side by side in one run. */
@NullMarked
package dev.mer4j.benchmarks;

import org.jspecify.annotations.NullMarked;
