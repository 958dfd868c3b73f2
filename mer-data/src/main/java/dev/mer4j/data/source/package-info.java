/** Features and labels in any supported form, read as segments. */
@NullMarked
package dev.mer4j.data.source;

import org.jspecify.annotations.NullMarked;
