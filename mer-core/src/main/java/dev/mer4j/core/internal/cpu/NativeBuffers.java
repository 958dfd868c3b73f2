package dev.mer4j.core.internal.cpu;

import java.util.EnumMap;
import java.util.Map;

/**
 * One native buffer for each constant of an enum.
 *
 * @param <S> the enum of the slots
 */
public final class NativeBuffers<S extends Enum<S>> implements AutoCloseable {
  private final Map<S, NativeBuffer> buffers;

  /** Creates empty buffers. */
  public NativeBuffers(Class<S> slots) {
    buffers = new EnumMap<>(slots);
    for (S slot : slots.getEnumConstants()) {
      buffers.put(slot, new NativeBuffer());
    }
  }

  /** Returns the buffer of a slot. */
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
