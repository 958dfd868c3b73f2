package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The first GPU of the driver, and all resources created on it, which {@link #close} frees. Every
 * thread must call {@link #use} before working with it.
 */
public final class Device implements AutoCloseable {
  private final Calls calls;
  private final int number;
  private final Pointer context;
  private final DeviceInfo info;
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private boolean open = true;

  private Device(Calls calls, int number, Pointer context, DeviceInfo info) {
    this.calls = calls;
    this.number = number;
    this.context = context;
    this.info = info;
  }

  /**
   * Opens the GPU.
   *
   * @throws CudaException if no GPU is available
   */
  public static Device open(CudaDriver driver) {
    Calls calls = new Calls(driver);
    calls.check(driver.cuInit(0), "cuInit", () -> "the driver finds no usable GPU");
    IntByReference count = new IntByReference();
    calls.check(driver.cuDeviceGetCount(count), "cuDeviceGetCount", () -> "no argument");
    if (count.getValue() == 0) {
      throw new CudaException(0, "the driver reports no GPU; check CUDA_VISIBLE_DEVICES");
    }
    IntByReference number = new IntByReference();
    calls.check(driver.cuDeviceGet(number, 0), "cuDeviceGet", () -> "device 0");
    DeviceInfo info = DeviceInfo.of(calls, number.getValue());
    PointerByReference context = new PointerByReference();
    calls.check(
        driver.cuDevicePrimaryCtxRetain(context, number.getValue()),
        "cuDevicePrimaryCtxRetain",
        info::name);
    Device device = new Device(calls, number.getValue(), context.getValue(), info);
    try {
      device.use();
      return device;
    } catch (RuntimeException | Error e) {
      closeAfter(e, device);
      throw e;
    }
  }

  /** Closes a resource after an error; a failure to close is added as suppressed. */
  public static void closeAfter(Throwable error, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      error.addSuppressed(e);
    }
  }

  /** Returns the properties of the GPU. */
  public DeviceInfo info() {
    return info;
  }

  /**
   * Makes this GPU the current one of the calling thread.
   *
   * @throws CudaException if this device is closed
   */
  public void use() {
    if (!open) {
      throw new CudaException(0, info.name() + " is closed, and its contents are lost");
    }
    makeCurrent();
  }

  private void makeCurrent() {
    calls.check(calls.driver().cuCtxSetCurrent(context), "cuCtxSetCurrent", info::name);
  }

  /** Returns the free GPU memory in bytes. */
  public long freeBytes() {
    LongByReference free = new LongByReference();
    calls.check(
        calls.driver().cuMemGetInfo_v2(free, new LongByReference()), "cuMemGetInfo_v2", info::name);
    return free.getValue();
  }

  /** Returns a new stream; its work runs in order. */
  public DeviceStream stream() {
    return owned(new DeviceStream(calls));
  }

  /** Returns a new empty buffer in GPU memory. */
  public DeviceBuffer buffer(String name) {
    return owned(new DeviceBuffer(calls, info, name));
  }

  /** Returns a new empty buffer in pinned host memory. */
  public PinnedBuffer pinned(String name) {
    return owned(new PinnedBuffer(calls, name));
  }

  /** Returns a new event. */
  public DeviceEvent event() {
    return owned(new DeviceEvent(calls));
  }

  /**
   * Compiles and loads kernels.
   *
   * @param name the name in messages
   * @param ptx the PTX in ASCII
   * @throws CudaException with the compiler's log, if the driver rejects them
   */
  public KernelModule load(String name, byte[] ptx) {
    return owned(KernelModule.load(calls, info, name, ptx));
  }

  private <T extends AutoCloseable> T owned(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    owned.addLast(this::release);
    RuntimeException failure = closeNext(this::makeCurrent, null);
    while (!owned.isEmpty()) {
      failure = closeNext(owned.pop(), failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable RuntimeException closeNext(
      AutoCloseable resource, @Nullable RuntimeException earlier) {
    try {
      resource.close();
      return earlier;
    } catch (Exception e) {
      RuntimeException failure =
          e instanceof CudaException cuda ? cuda : new IllegalStateException(e);
      if (earlier == null) {
        return failure;
      }
      earlier.addSuppressed(failure);
      return earlier;
    }
  }

  private void release() {
    calls.check(
        calls.driver().cuDevicePrimaryCtxRelease_v2(number),
        "cuDevicePrimaryCtxRelease_v2",
        info::name);
  }
}
