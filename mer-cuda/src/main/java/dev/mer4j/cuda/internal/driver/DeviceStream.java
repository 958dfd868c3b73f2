package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Locale;
import java.util.function.Supplier;

/** A queue of work for the GPU that runs in order. */
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
   * Enqueues a copy of the first {@code values} four-byte values to the GPU; they must not change
   * until it is complete.
   */
  public void upload(long target, PinnedBuffer source, long values) {
    long bytes = values * Float.BYTES;
    calls.check(
        calls.driver().cuMemcpyHtoDAsync_v2(target, source.pointer(), bytes, handle),
        "cuMemcpyHtoDAsync_v2",
        sized(bytes));
  }

  /** Enqueues a copy from the GPU to the first {@code values} four-byte values. */
  public void download(PinnedBuffer target, long source, long values) {
    long bytes = values * Float.BYTES;
    calls.check(
        calls.driver().cuMemcpyDtoHAsync_v2(target.pointer(), source, bytes, handle),
        "cuMemcpyDtoHAsync_v2",
        sized(bytes));
  }

  /** Enqueues setting {@code values} four-byte values to zero. */
  public void clear(long target, long values) {
    calls.check(
        calls.driver().cuMemsetD32Async(target, 0, values, handle),
        "cuMemsetD32Async",
        sized(values * Float.BYTES));
  }

  /**
   * Makes later work wait for an event, which may be in another stream; has no effect if the event
   * was never recorded.
   */
  public void waitFor(DeviceEvent event) {
    calls.check(
        calls.driver().cuStreamWaitEvent(handle, event.handle(), 0),
        "cuStreamWaitEvent",
        () -> "one event");
  }

  /** Waits until all work is complete, and throws errors that occurred on the GPU. */
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
