/** How sure results are: intervals, and tests between two models. */
@NullMarked
package dev.mer4j.eval.statistics;

import org.jspecify.annotations.NullMarked;
