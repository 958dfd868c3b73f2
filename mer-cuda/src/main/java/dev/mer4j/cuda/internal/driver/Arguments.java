package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The arguments of a kernel, in order. */
public final class Arguments {
  private final List<byte[]> values = new ArrayList<>();

  /** Adds an address in GPU memory. */
  public Arguments address(long value) {
    return structure(Long.BYTES, bytes -> bytes.putLong(value));
  }

  /** Adds an {@code int}. */
  public Arguments intValue(int value) {
    return structure(Integer.BYTES, bytes -> bytes.putInt(value));
  }

  /** Adds a {@code long long}. */
  public Arguments longValue(long value) {
    return structure(Long.BYTES, bytes -> bytes.putLong(value));
  }

  /** Adds a {@code float}. */
  public Arguments floatValue(float value) {
    return structure(Float.BYTES, bytes -> bytes.putFloat(value));
  }

  /** Adds a {@code double}. */
  public Arguments doubleValue(double value) {
    return structure(Double.BYTES, bytes -> bytes.putDouble(value));
  }

  /**
   * Adds a structure, passed by value.
   *
   * @param size the size in bytes; unwritten bytes are zero
   * @param fill writes the members in C's layout
   */
  public Arguments structure(int size, Consumer<ByteBuffer> fill) {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    fill.accept(bytes);
    values.add(bytes.array());
    return this;
  }

  /** Returns memory with a table of pointers to the arguments, followed by the arguments. */
  Memory memory() {
    long table = (long) values.size() * Native.POINTER_SIZE;
    long total = table;
    for (byte[] value : values) {
      total += aligned(value.length);
    }
    Memory memory = new Memory(total);
    long next = table;
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i);
      memory.write(next, value, 0, value.length);
      memory.setPointer((long) i * Native.POINTER_SIZE, memory.share(next));
      next += aligned(value.length);
    }
    return memory;
  }

  private static long aligned(int bytes) {
    return (bytes + 7) / 8 * 8L;
  }
}
