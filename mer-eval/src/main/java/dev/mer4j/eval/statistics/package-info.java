/** Uncertainty of results: confidence intervals, and significance tests of two models. */
@NullMarked
package dev.mer4j.eval.statistics;

import org.jspecify.annotations.NullMarked;
