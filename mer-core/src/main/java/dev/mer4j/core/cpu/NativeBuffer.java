package dev.mer4j.core.cpu;

import dev.mer4j.ConfigException;
import dev.mer4j.data.batch.BatchLimit;
import java.nio.FloatBuffer;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Floats outside the heap that grow when more are asked for and never shrink. They begin at a cache
 * line: vectors that straddle two cost twice.
 */
public final class NativeBuffer implements AutoCloseable {
  private static final int LINE = 64;

  private @Nullable FloatPointer allocated;
  private @Nullable FloatPointer pointer;
  private @Nullable FloatBuffer view;

  /**
   * Returns memory for at least {@code floats} values; earlier contents are lost if it had to grow.
   *
   * @throws ConfigException if they are more than {@link BatchLimit#VALUES}
   */
  public FloatPointer ensure(long floats) {
    FloatPointer current = pointer;
    if (current == null || current.capacity() < floats) {
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
      int line = LINE / Float.BYTES;
      FloatPointer whole = new FloatPointer(Math.max(floats, line) + line);
      int skipped = (int) (-whole.address() & (LINE - 1)) / Float.BYTES;
      FloatBuffer aligned = whole.asBuffer().position(skipped).slice();
      current = new FloatPointer(aligned);
      allocated = whole;
      view = aligned;
      pointer = current;
    }
    return current;
  }

  /** As {@link #ensure}, with the first {@code floats} values zero. */
  public FloatPointer ensureZero(long floats) {
    FloatPointer memory = ensure(floats);
    Pointer.memset(memory, 0, floats * Float.BYTES);
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
      allocated.deallocate();
      allocated = null;
      pointer = null;
      view = null;
    }
  }
}
