/** Opens files of arrays of every supported form, which is told from their content. */
@NullMarked
package dev.mer4j.data.source.detect;

import org.jspecify.annotations.NullMarked;
