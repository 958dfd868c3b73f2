/** When resources outside the heap may be used, and when they may be freed. */
@NullMarked
package dev.mer4j.internal.lifetime;

import org.jspecify.annotations.NullMarked;
