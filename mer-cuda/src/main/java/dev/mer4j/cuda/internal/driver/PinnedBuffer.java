package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A buffer in pinned host memory, which the GPU accesses directly; grows as a {@link DeviceBuffer}.
 */
public final class PinnedBuffer implements AutoCloseable {
  private final Calls calls;
  private final String name;
  private @Nullable Pointer pointer;
  private long bytes;

  PinnedBuffer(Calls calls, String name) {
    this.calls = calls;
    this.name = name;
  }

  /** Returns a buffer of {@code count} floats; the contents are lost if the memory grows. */
  public FloatBuffer floats(int count) {
    return ensure(count).asFloatBuffer();
  }

  /** Returns a buffer of {@code count} integers, as {@link #floats}. */
  public IntBuffer ints(int count) {
    return ensure(count).asIntBuffer();
  }

  /** Returns a buffer of {@code count} four-byte values for structures, as {@link #floats}. */
  public ByteBuffer bytes(int count) {
    return ensure(count);
  }

  /** Returns a buffer of {@code count} doubles, as {@link #floats}. */
  public DoubleBuffer doubles(int count) {
    return ensure(count * (Double.BYTES / Float.BYTES)).asDoubleBuffer();
  }

  private ByteBuffer ensure(int values) {
    long needed = Math.max(values, 1) * (long) Float.BYTES;
    if (needed > bytes) {
      close();
      PointerByReference memory = new PointerByReference();
      calls.check(
          calls.driver().cuMemHostAlloc(memory, needed, 0),
          "cuMemHostAlloc",
          () -> String.format(Locale.ROOT, "%s require %,d bytes of pinned memory", name, needed));
      pointer = memory.getValue();
      bytes = needed;
    }
    return pointer().getByteBuffer(0, needed).order(ByteOrder.nativeOrder());
  }

  Pointer pointer() {
    if (pointer == null) {
      throw new IllegalStateException(name + " were not allocated");
    }
    return pointer;
  }

  @Override
  public void close() {
    Pointer freed = pointer;
    if (freed != null) {
      pointer = null;
      bytes = 0;
      calls.check(calls.driver().cuMemFreeHost(freed), "cuMemFreeHost", () -> name);
    }
  }
}
