package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The first GPU that the driver shows, and all that was made on it: closing it frees everything.
 * Call {@link #use} in whatever thread goes on with it.
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
   * @throws CudaException if there is none
   */
  public static Device open(CudaDriver driver) {
    Calls calls = new Calls(driver);
    calls.check(driver.cuInit(0), "cuInit", () -> "the driver finds no GPU that it can use");
    IntByReference count = new IntByReference();
    calls.check(driver.cuDeviceGetCount(count), "cuDeviceGetCount", () -> "no argument");
    if (count.getValue() == 0) {
      throw new CudaException(0, "the driver shows no GPU; is CUDA_VISIBLE_DEVICES empty?");
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
    } catch (CudaException e) {
      closeAfter(e, device);
      throw e;
    }
  }

  /** Closes what an error leaves behind; what fails then is only noted beside it. */
  public static void closeAfter(RuntimeException error, AutoCloseable left) {
    try {
      left.close();
    } catch (Exception e) {
      error.addSuppressed(e);
    }
  }

  public DeviceInfo info() {
    return info;
  }

  /**
   * Makes the calling thread one that works on this GPU.
   *
   * @throws CudaException if it is closed
   */
  public void use() {
    if (!open) {
      throw new CudaException(0, info.name() + " is closed, and what was on it is lost");
    }
    makeCurrent();
  }

  private void makeCurrent() {
    calls.check(calls.driver().cuCtxSetCurrent(context), "cuCtxSetCurrent", info::name);
  }

  /** The bytes of its memory that nobody has. */
  public long freeBytes() {
    LongByReference free = new LongByReference();
    calls.check(
        calls.driver().cuMemGetInfo_v2(free, new LongByReference()), "cuMemGetInfo_v2", info::name);
    return free.getValue();
  }

  /** A queue of work; what is put in runs in order. */
  public DeviceStream stream() {
    return owned(new DeviceStream(calls));
  }

  /** An empty piece of the GPU's memory. */
  public DeviceBuffer buffer(String name) {
    return owned(new DeviceBuffer(calls, info, name));
  }

  /** An empty piece of the host's memory that the GPU can reach. */
  public PinnedBuffer pinned(String name) {
    return owned(new PinnedBuffer(calls, name));
  }

  public DeviceEvent event() {
    return owned(new DeviceEvent(calls));
  }

  /**
   * Compiles and loads kernels.
   *
   * @param name for messages
   * @param ptx in ASCII
   * @throws CudaException with the compiler's log, if the driver refuses them
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
