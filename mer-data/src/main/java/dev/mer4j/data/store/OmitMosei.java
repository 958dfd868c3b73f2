package dev.mer4j.data.store;

import dev.mer4j.data.Emotion;
import org.jspecify.annotations.Nullable;

/** Leaves the six labels of CMU-MOSEI, which are the default, out of JSON. */
final class OmitMosei {
  /** Makes the filter, as Jackson does. */
  OmitMosei() {}

  /** Whether the value is omitted. */
  @Override
  @SuppressWarnings("EqualsUnsafeCast")
  public boolean equals(@Nullable Object value) {
    return value == null || Emotion.MOSEI.equals(value);
  }

  @Override
  public int hashCode() {
    return Emotion.MOSEI.hashCode();
  }
}
