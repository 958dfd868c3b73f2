/** Lifetime management of off-heap resources. */
@NullMarked
package dev.mer4j.internal.lifetime;

import org.jspecify.annotations.NullMarked;
