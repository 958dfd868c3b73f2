/** Charts, drawn as SVG in a page or as PNG. */
@NullMarked
package dev.mer4j.report.internal.chart;

import org.jspecify.annotations.NullMarked;
