/** Opens files of arrays of every supported form, detected by content. */
@NullMarked
package dev.mer4j.data.source.detect;

import org.jspecify.annotations.NullMarked;
