package dev.mer4j.cuda.internal.driver;

import com.sun.jna.ptr.PointerByReference;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Checks the driver's status codes and throws errors with the call, the status and its arguments.
 */
final class Calls {
  private final CudaDriver driver;

  Calls(CudaDriver driver) {
    this.driver = driver;
  }

  CudaDriver driver() {
    return driver;
  }

  /**
   * Checks a status.
   *
   * @param call the function that returned the status
   * @param arguments describes its arguments
   * @throws CudaException if the status is not 0
   */
  void check(int status, String call, Supplier<String> arguments) {
    if (status != 0) {
      throw new CudaException(
          status, String.format(Locale.ROOT, "%s: %s: %s", call, name(status), arguments.get()));
    }
  }

  /** Returns NVIDIA's name of a status, and its number. */
  String name(int status) {
    PointerByReference name = new PointerByReference();
    boolean known = driver.cuGetErrorName(status, name) == 0 && name.getValue() != null;
    return (known ? name.getValue().getString(0) : "unknown error") + " (" + status + ")";
  }
}
