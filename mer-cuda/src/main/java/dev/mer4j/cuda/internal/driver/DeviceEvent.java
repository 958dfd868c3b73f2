package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;
import com.sun.jna.ptr.PointerByReference;

/** An event in a stream, for synchronization and timing. */
public final class DeviceEvent implements AutoCloseable {
  private final Calls calls;
  private final Pointer handle;

  DeviceEvent(Calls calls) {
    this.calls = calls;
    PointerByReference event = new PointerByReference();
    calls.check(calls.driver().cuEventCreate(event, 0), "cuEventCreate", () -> "one event");
    handle = event.getValue();
  }

  Pointer handle() {
    return handle;
  }

  /** Records the event after all work in the stream. */
  public void record(DeviceStream stream) {
    calls.check(
        calls.driver().cuEventRecord(handle, stream.handle()), "cuEventRecord", () -> "one event");
  }

  /** Waits until the GPU reaches the event; returns at once if it was never recorded. */
  public void await() {
    calls.check(
        calls.driver().cuEventSynchronize(handle),
        "cuEventSynchronize",
        () -> "a kernel or a copy failed");
  }

  /**
   * Returns the GPU time from an earlier event to this one, in milliseconds; both must be complete.
   */
  public double millisecondsSince(DeviceEvent earlier) {
    FloatByReference milliseconds = new FloatByReference();
    calls.check(
        calls.driver().cuEventElapsedTime(milliseconds, earlier.handle, handle),
        "cuEventElapsedTime",
        () -> "two events");
    return milliseconds.getValue();
  }

  @Override
  public void close() {
    calls.check(calls.driver().cuEventDestroy_v2(handle), "cuEventDestroy_v2", () -> "one event");
  }
}
