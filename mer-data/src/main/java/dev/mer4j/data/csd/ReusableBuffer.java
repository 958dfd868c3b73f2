package dev.mer4j.data.csd;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Off-heap memory that a reader acquires and releases repeatedly. The system reads directly into
 * it, whereas a new array would have to be zeroed and copied to.
 */
final class ReusableBuffer {
  private static final long MAX_BYTES = 1 << 28;

  private @Nullable ByteBuffer memory;
  private boolean free;

  /** Releases the memory for the next acquisition. */
  void release() {
    free = true;
  }

  /**
   * Acquires the given number of bytes; null if the memory is in use, or the size exceeds the limit
   * for reuse.
   */
  @Nullable ByteBuffer acquire(long bytes) {
    if (!free || bytes > MAX_BYTES) {
      return null;
    }
    ByteBuffer acquired = memory;
    if (acquired == null || acquired.capacity() < bytes) {
      memory = null;
      acquired = ByteBuffer.allocateDirect((int) bytes);
      memory = acquired;
    }
    free = false;
    return acquired.clear().limit((int) bytes);
  }
}
