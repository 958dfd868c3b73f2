/** Inspections, evaluations and comparisons as files and as text for a terminal. */
@NullMarked
package dev.mer4j.report;

import org.jspecify.annotations.NullMarked;
