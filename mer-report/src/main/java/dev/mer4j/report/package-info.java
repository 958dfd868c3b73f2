/** Reports of inspections, evaluations and comparisons, as files and as text. */
@NullMarked
package dev.mer4j.report;

import org.jspecify.annotations.NullMarked;
