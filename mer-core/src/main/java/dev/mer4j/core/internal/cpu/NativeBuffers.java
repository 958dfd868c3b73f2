package dev.mer4j.core.internal.cpu;

import java.util.EnumMap;
import java.util.Map;

/**
 * A buffer for each slot.
 *
 * @param <S> what the slots are called
 */
public final class NativeBuffers<S extends Enum<S>> implements AutoCloseable {
  private final Map<S, NativeBuffer> buffers;

  /** Makes empty buffers. */
  public NativeBuffers(Class<S> slots) {
    buffers = new EnumMap<>(slots);
    for (S slot : slots.getEnumConstants()) {
      buffers.put(slot, new NativeBuffer());
    }
  }

  /** The buffer of a slot. */
  public NativeBuffer get(S slot) {
    NativeBuffer buffer = buffers.get(slot);
    if (buffer == null) {
      throw new IllegalStateException("no buffer for " + slot);
    }
    return buffer;
  }

  @Override
  public void close() {
    buffers.values().forEach(NativeBuffer::close);
  }
}
