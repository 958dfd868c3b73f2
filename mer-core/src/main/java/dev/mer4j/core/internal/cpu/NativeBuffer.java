package dev.mer4j.core.internal.cpu;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.mer4j.ConfigException;
import dev.mer4j.data.batch.BatchLimit;
import java.nio.FloatBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A buffer of floats outside the heap that grows on demand and never shrinks. It is aligned to a
 * cache line, because vector accesses across two lines cost twice. The memory is freed by {@link
 * #close} or after garbage collection.
 */
public final class NativeBuffer implements AutoCloseable {
  private static final int LINE = 64;

  private @Nullable Memory allocated;
  private @Nullable Memory aligned;
  private @Nullable FloatBuffer view;

  /**
   * Returns memory for at least {@code floats} values; the contents are lost if the buffer grows.
   *
   * @throws ConfigException if {@code floats} exceeds {@link BatchLimit#VALUES}
   */
  public Memory ensure(long floats) {
    Memory current = aligned;
    if (current == null || view().capacity() < floats) {
      if (floats > BatchLimit.VALUES) {
        throw new ConfigException(
            String.format(
                Locale.ROOT,
                "a pass needs %d values in one array, at most %d are possible; use a smaller batch size, fewer"
                    + " steps or a smaller hidden size",
                floats,
                BatchLimit.VALUES));
      }
      close();
      Jna.prepare();
      long bytes = Math.max(floats * Float.BYTES, LINE);
      Memory whole = new Memory(bytes + LINE);
      current = whole.align(LINE);
      allocated = whole;
      // Memory.getByteBuffer would keep buffer and Memory in a static map of JNA.
      view = new Pointer(Pointer.nativeValue(current)).getByteBuffer(0, bytes).asFloatBuffer();
      aligned = current;
    }
    return current;
  }

  /** Returns memory as {@link #ensure}, with the first {@code floats} values set to zero. */
  public Memory ensureZero(long floats) {
    Memory memory = ensure(floats);
    memory.setMemory(0, floats * Float.BYTES, (byte) 0);
    return memory;
  }

  /** Returns a Java view of the memory of {@link #ensure}. */
  public FloatBuffer ensureView(long floats) {
    ensure(floats);
    return view();
  }

  /** Returns a Java view of the memory that was last requested. */
  public FloatBuffer view() {
    if (view == null) {
      throw new IllegalStateException("no memory was requested yet");
    }
    return view;
  }

  @Override
  public void close() {
    if (allocated != null) {
      allocated.close();
      allocated = null;
      aligned = null;
      view = null;
    }
  }
}
