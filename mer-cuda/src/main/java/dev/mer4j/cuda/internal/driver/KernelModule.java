package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Locale;

/** A module of kernels that the driver compiled for the GPU. */
public final class KernelModule implements AutoCloseable {
  private static final int[] LOG_OPTIONS = {5, 6};
  private static final int LOG_BYTES = 8192;

  private final Calls calls;
  private final String name;
  private final Pointer handle;

  private KernelModule(Calls calls, String name, Pointer handle) {
    this.calls = calls;
    this.name = name;
    this.handle = handle;
  }

  static KernelModule load(Calls calls, DeviceInfo device, String name, byte[] ptx) {
    PointerByReference module = new PointerByReference();
    try (Memory image = new Memory(ptx.length + 1L);
        Memory log = new Memory(LOG_BYTES);
        Memory values = new Memory((long) LOG_OPTIONS.length * Native.POINTER_SIZE)) {
      image.write(0, ptx, 0, ptx.length);
      image.setByte(ptx.length, (byte) 0);
      log.clear();
      values.setPointer(0, log);
      values.setLong(Native.POINTER_SIZE, LOG_BYTES);
      int status =
          calls.driver().cuModuleLoadDataEx(module, image, LOG_OPTIONS.length, LOG_OPTIONS, values);
      calls.check(
          status,
          "cuModuleLoadDataEx",
          () ->
              String.format(
                  Locale.ROOT,
                  "driver %s rejects %s on %s (compute capability %d.%d); install a newer driver. %s",
                  device.driver(),
                  name,
                  device.name(),
                  device.major(),
                  device.minor(),
                  log.getString(0).strip()));
    }
    return new KernelModule(calls, name, module.getValue());
  }

  /**
   * Returns a kernel.
   *
   * @throws CudaException if the module has no kernel of this name
   */
  public Kernel kernel(String kernel) {
    PointerByReference function = new PointerByReference();
    calls.check(
        calls.driver().cuModuleGetFunction(function, handle, kernel),
        "cuModuleGetFunction",
        () -> kernel + " of " + name);
    return new Kernel(calls, kernel, function.getValue());
  }

  @Override
  public void close() {
    calls.check(calls.driver().cuModuleUnload(handle), "cuModuleUnload", () -> name);
  }
}
