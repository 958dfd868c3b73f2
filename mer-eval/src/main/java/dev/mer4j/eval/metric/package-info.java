/** How right predictions are, number for number as scikit-learn counts it. */
@NullMarked
package dev.mer4j.eval.metric;

import org.jspecify.annotations.NullMarked;
