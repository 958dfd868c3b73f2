package dev.mer4j.core;

import dev.mer4j.core.encoder.Pooling;
import org.jspecify.annotations.Nullable;

/** Omits {@link Pooling#LAST}, the default, from JSON. */
final class OmitLast {
  /** Creates the filter, as Jackson does. */
  OmitLast() {}

  /** Returns whether the value is omitted. */
  @Override
  @SuppressWarnings("EqualsUnsafeCast")
  public boolean equals(@Nullable Object value) {
    return value == null || value == Pooling.LAST;
  }

  @Override
  public int hashCode() {
    return Pooling.LAST.hashCode();
  }
}
