/** An inspection or a study as one HTML page that needs nothing else. */
@NullMarked
package dev.mer4j.report.internal.page;

import org.jspecify.annotations.NullMarked;
