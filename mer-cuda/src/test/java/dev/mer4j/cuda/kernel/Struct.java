package dev.mer4j.cuda.kernel;

import com.sun.jna.Memory;

/** Writes a structure of the kernels' layout.cuh, field by field. */
final class Struct {
  private final Memory memory;
  private long next;

  Struct(long bytes) {
    memory = new Memory(bytes);
    memory.clear();
  }

  Struct pointers(long... addresses) {
    for (long address : addresses) {
      memory.setLong(next, address);
      next += Long.BYTES;
    }
    return this;
  }

  Struct ints(int... values) {
    for (int value : values) {
      memory.setInt(next, value);
      next += Integer.BYTES;
    }
    return this;
  }

  Memory memory() {
    return memory;
  }
}
