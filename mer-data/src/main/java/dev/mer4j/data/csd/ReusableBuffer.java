package dev.mer4j.data.csd;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap that is read into again and again, for a reader who says when he is done:
 * the system then writes straight to where the numbers stay. A new array instead has to be zeroed,
 * and copied to.
 */
final class ReusableBuffer {
  private static final long LARGEST = 1 << 28;

  private @Nullable ByteBuffer memory;
  private boolean free;

  /** Lets what was lent be lent again. */
  void release() {
    free = true;
  }

  /** Lends this many bytes; null if they are lent already, or are more than one should keep. */
  @Nullable ByteBuffer acquire(long bytes) {
    if (!free || bytes > LARGEST) {
      return null;
    }
    ByteBuffer lent = memory;
    if (lent == null || lent.capacity() < bytes) {
      memory = null;
      lent = ByteBuffer.allocateDirect((int) bytes);
      memory = lent;
    }
    free = false;
    return lent.clear().limit((int) bytes);
  }
}
