/** What every module shares: the errors. */
@NullMarked
package dev.mer4j;

import org.jspecify.annotations.NullMarked;
