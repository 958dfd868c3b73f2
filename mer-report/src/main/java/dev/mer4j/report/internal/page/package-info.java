/** Self-contained HTML pages of inspections and studies. */
@NullMarked
package dev.mer4j.report.internal.page;

import org.jspecify.annotations.NullMarked;
