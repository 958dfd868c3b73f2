/** Inspections and studies as tables, for a terminal, Markdown and a page. */
@NullMarked
package dev.mer4j.report.internal.table;

import org.jspecify.annotations.NullMarked;
