package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Locale;
import java.util.function.Supplier;

/** A queue of work for the GPU: each piece starts when the one before is done. */
public final class DeviceStream implements AutoCloseable {
  private static final int NON_BLOCKING = 1;

  private final Calls calls;
  private final Pointer handle;

  DeviceStream(Calls calls) {
    this.calls = calls;
    PointerByReference stream = new PointerByReference();
    calls.check(
        calls.driver().cuStreamCreate(stream, NON_BLOCKING), "cuStreamCreate", () -> "one stream");
    handle = stream.getValue();
  }

  Pointer handle() {
    return handle;
  }

  /**
   * Copies the first {@code values} four-byte values to the GPU; they must not change until that is
   * done.
   */
  public void upload(long target, PinnedBuffer source, long values) {
    long bytes = values * Float.BYTES;
    calls.check(
        calls.driver().cuMemcpyHtoDAsync_v2(target, source.pointer(), bytes, handle),
        "cuMemcpyHtoDAsync_v2",
        sized(bytes));
  }

  /** Copies from the GPU to the first {@code values} four-byte values. */
  public void download(PinnedBuffer target, long source, long values) {
    long bytes = values * Float.BYTES;
    calls.check(
        calls.driver().cuMemcpyDtoHAsync_v2(target.pointer(), source, bytes, handle),
        "cuMemcpyDtoHAsync_v2",
        sized(bytes));
  }

  /** Makes {@code values} four-byte values zero. */
  public void clear(long target, long values) {
    calls.check(
        calls.driver().cuMemsetD32Async(target, 0, values, handle),
        "cuMemsetD32Async",
        sized(values * Float.BYTES));
  }

  /**
   * Has what is put in from now on wait until the GPU got to a mark, which may be in another
   * stream; it waits for nothing if the mark was never put anywhere.
   */
  public void waitFor(DeviceEvent event) {
    calls.check(
        calls.driver().cuStreamWaitEvent(handle, event.handle(), 0),
        "cuStreamWaitEvent",
        () -> "one event");
  }

  /** Waits until all is done, and raises what went wrong on the GPU meanwhile. */
  public void synchronize() {
    calls.check(
        calls.driver().cuStreamSynchronize(handle),
        "cuStreamSynchronize",
        () -> "a kernel or a copy failed");
  }

  private static Supplier<String> sized(long bytes) {
    return () -> String.format(Locale.ROOT, "%,d bytes", bytes);
  }

  @Override
  public void close() {
    calls.check(
        calls.driver().cuStreamDestroy_v2(handle), "cuStreamDestroy_v2", () -> "one stream");
  }
}
