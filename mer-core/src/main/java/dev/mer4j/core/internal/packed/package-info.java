/** Backends {@code native} and {@code java}: LSTMs over packed rows, without padding steps. */
@NullMarked
package dev.mer4j.core.internal.packed;

import org.jspecify.annotations.NullMarked;
