/** Features and labels in any form that people hold, read as segments. */
@NullMarked
package dev.mer4j.data.source;

import org.jspecify.annotations.NullMarked;
