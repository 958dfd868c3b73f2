/** What SameDiff graphs need around them: parameters in, gradients out, native arrays freed. */
@NullMarked
package dev.mer4j.core.graph;

import org.jspecify.annotations.NullMarked;
