package dev.mer4j.cuda.internal.driver;

import com.sun.jna.ptr.LongByReference;
import java.util.Locale;

/** A buffer in GPU memory that grows on demand and never shrinks. */
public final class DeviceBuffer implements AutoCloseable {
  private final Calls calls;
  private final DeviceInfo device;
  private final String name;
  private long address;
  private long bytes;

  DeviceBuffer(Calls calls, DeviceInfo device, String name) {
    this.calls = calls;
    this.device = device;
    this.name = name;
  }

  /**
   * Returns the address of at least {@code values} four-byte values; the contents are lost if the
   * buffer grows.
   *
   * @throws CudaException if GPU memory is insufficient
   */
  public long ensure(long values) {
    long needed = Math.max(values, 1) * Float.BYTES;
    if (needed > bytes) {
      close();
      LongByReference memory = new LongByReference();
      int status = calls.driver().cuMemAlloc_v2(memory, needed);
      calls.check(status, "cuMemAlloc_v2", () -> failure(status, needed));
      address = memory.getValue();
      bytes = needed;
    }
    return address;
  }

  /** Returns whether {@code values} four-byte values fit without growing. */
  public boolean fits(long values) {
    return values * Float.BYTES <= bytes;
  }

  /** Returns the address as {@link #ensure}; if the buffer grows, all values are set to zero. */
  public long ensureZero(DeviceStream stream, long values) {
    long before = bytes;
    ensure(values);
    if (bytes > before) {
      stream.clear(address, values);
    }
    return address;
  }

  /** Returns the address of the memory that was last requested. */
  public long address() {
    return address;
  }

  private String failure(int status, long needed) {
    String message =
        String.format(Locale.ROOT, "%s require %,d bytes on %s", name, needed, device.name());
    if (status != CudaException.OUT_OF_MEMORY) {
      return message;
    }
    LongByReference free = new LongByReference();
    LongByReference total = new LongByReference();
    if (calls.driver().cuMemGetInfo_v2(free, total) == 0) {
      message +=
          String.format(Locale.ROOT, ", %,d of %,d are free", free.getValue(), total.getValue());
    }
    return message + "; use smaller batches or fewer steps, or stop other programs on the GPU";
  }

  @Override
  public void close() {
    if (bytes > 0) {
      long freed = bytes;
      bytes = 0;
      calls.check(
          calls.driver().cuMemFree_v2(address),
          "cuMemFree_v2",
          () -> String.format(Locale.ROOT, "%s of %,d bytes", name, freed));
    }
  }
}
