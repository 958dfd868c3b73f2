package dev.mer4j.core.internal.cpu;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.mer4j.ConfigException;
import dev.mer4j.data.batch.BatchLimit;
import java.nio.FloatBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Floats outside the heap that grow when more are asked for and never shrink. They begin at a cache
 * line: vectors that straddle two cost twice. They are freed when this is closed, or some time
 * after it has become unreachable.
 */
public final class NativeBuffer implements AutoCloseable {
  private static final int LINE = 64;

  private @Nullable Memory allocated;
  private @Nullable Memory aligned;
  private @Nullable FloatBuffer view;

  /**
   * Returns memory for at least {@code floats} values; earlier contents are lost if it had to grow.
   *
   * @throws ConfigException if they are more than {@link BatchLimit#VALUES}
   */
  public Memory ensure(long floats) {
    Memory current = aligned;
    if (current == null || view().capacity() < floats) {
      if (floats > BatchLimit.VALUES) {
        throw new ConfigException(
            String.format(
                Locale.ROOT,
                "a pass needs %d values in one array, more than %d; use a smaller batch size, fewer"
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
      // A buffer of Memory's own would stay in a static map of JNA, and Memory with it.
      view = new Pointer(Pointer.nativeValue(current)).getByteBuffer(0, bytes).asFloatBuffer();
      aligned = current;
    }
    return current;
  }

  /** As {@link #ensure}, with the first {@code floats} values zero. */
  public Memory ensureZero(long floats) {
    Memory memory = ensure(floats);
    memory.setMemory(0, floats * Float.BYTES, (byte) 0);
    return memory;
  }

  /** As {@link #ensure}, seen from Java. */
  public FloatBuffer ensureView(long floats) {
    ensure(floats);
    return view();
  }

  /** What was last asked for, seen from Java. */
  public FloatBuffer view() {
    if (view == null) {
      throw new IllegalStateException("nothing was asked for yet");
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
