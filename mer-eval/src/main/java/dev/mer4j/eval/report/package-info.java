/** Evaluations as files and as text for a terminal. */
@NullMarked
package dev.mer4j.eval.report;

import org.jspecify.annotations.NullMarked;
