/** Tables of inspections and studies, for plain text, Markdown and pages. */
@NullMarked
package dev.mer4j.report.internal.table;

import org.jspecify.annotations.NullMarked;
