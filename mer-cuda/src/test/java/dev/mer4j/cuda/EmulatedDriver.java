package dev.mer4j.cuda;

import com.sun.jna.Native;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/**
 * An emulation of the driver API that runs the kernels, compiled for the host, on the CPU; see
 * {@code src/test/cpp}. Its memory is limited, initialized with NaN and guarded.
 */
public interface EmulatedDriver extends CudaDriver {
  void mer_emulator_set_memory(long bytes);

  /** Returns the allocated bytes. */
  long mer_emulator_allocated();

  /** Sets the order in which threads and blocks run. */
  void mer_emulator_set_order(int seed);

  void mer_emulator_set_capability(int major, int minor);

  /** Returns whether the emulator was built, which requires a C++ compiler. */
  static boolean exists() {
    return resource() != null;
  }

  /** Loads the emulator as an H200 with 256 MiB. */
  static EmulatedDriver load() {
    try {
      String path = Path.of(resource().toURI()).toString();
      EmulatedDriver driver = Native.load(path, EmulatedDriver.class);
      driver.mer_emulator_set_memory(256L << 20);
      driver.mer_emulator_set_capability(9, 0);
      driver.mer_emulator_set_order(0);
      return driver;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URL resource() {
    return EmulatedDriver.class.getResource("emulated/libmer4j-cuda-emulated.so");
  }
}
