/** Metrics of predictions, equal to scikit-learn's. */
@NullMarked
package dev.mer4j.eval.metric;

import org.jspecify.annotations.NullMarked;
