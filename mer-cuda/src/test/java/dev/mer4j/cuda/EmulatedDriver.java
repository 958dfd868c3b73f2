package dev.mer4j.cuda;

import com.sun.jna.Native;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/**
 * The driver API over the kernels themselves, compiled for the host and run by the CPU; {@code
 * src/test/cpp} describes it. Its memory is the host's, but limited, full of NaN and guarded.
 */
public interface EmulatedDriver extends CudaDriver {
  void mer_emulator_set_memory(long bytes);

  /** What was allocated and not freed yet. */
  long mer_emulator_allocated();

  /** Changes the order in which threads and blocks run. */
  void mer_emulator_set_order(int seed);

  void mer_emulator_set_capability(int major, int minor);

  /** Whether there was a C++ compiler. */
  static boolean exists() {
    return resource() != null;
  }

  /** Loads it as an H200 with 256 MiB. */
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
