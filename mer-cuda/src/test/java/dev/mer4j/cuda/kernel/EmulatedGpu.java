package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the kernels on the CPU: the same sources, compiled by a host compiler, with one fiber per
 * CUDA thread. Unwritten memory is NaN, and closing detects writes beyond an allocation.
 */
final class EmulatedGpu implements AutoCloseable {
  private static final String LIBRARY =
      "/dev/mer4j/cuda/emulated/" + System.mapLibraryName("mer4j-cuda-emulated");
  private static final int MAX_DYNAMIC_SHARED = 8;

  /** The names of the modules of kernels. */
  static final List<String> MODULES = List.of("sm80", "sm90", "sm80_pooling", "sm90_pooling");

  private final NativeLibrary driver;
  private final Map<String, Pointer> modules = new HashMap<>();
  private final List<Long> allocations = new ArrayList<>();

  private EmulatedGpu(NativeLibrary driver) {
    this.driver = driver;
    driver.getFunction("mer_emulator_set_capability").invokeVoid(new Object[] {9, 0});
    for (String module : MODULES) {
      PointerByReference handle = new PointerByReference();
      call("cuModuleLoadData", handle, image(module));
      modules.put(module, handle.getValue());
    }
    order(0);
  }

  /** Opens the emulator; skips the test if it was built without a C++ compiler. */
  static EmulatedGpu open() {
    URL library = EmulatedGpu.class.getResource(LIBRARY);
    assumeTrue(library != null, "built without g++");
    try {
      return new EmulatedGpu(NativeLibrary.getInstance(Path.of(library.toURI()).toString()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Memory image(String module) {
    String resource = String.format(Locale.ROOT, "/dev/mer4j/cuda/mer4j-%s.ptx", module);
    try (InputStream in = EmulatedGpu.class.getResourceAsStream(resource)) {
      byte[] text = in.readAllBytes();
      Memory image = new Memory(text.length + 1L);
      image.write(0, text, 0, text.length);
      image.setByte(text.length, (byte) 0);
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the order of threads and blocks: 0 for ascending, else the seed of a random order. */
  void order(int seed) {
    driver.getFunction("mer_emulator_set_order").invokeVoid(new Object[] {seed});
  }

  long allocate(long floats) {
    LongByReference address = new LongByReference();
    call("cuMemAlloc_v2", address, Math.max(1, floats) * Float.BYTES);
    allocations.add(address.getValue());
    return address.getValue();
  }

  long put(float... values) {
    long address = allocate(values.length);
    if (values.length > 0) {
      new Pointer(address).write(0, values, 0, values.length);
    }
    return address;
  }

  long put(int... values) {
    long address = allocate(values.length);
    new Pointer(address).write(0, values, 0, values.length);
    return address;
  }

  float[] floats(long address, int count) {
    return new Pointer(address).getFloatArray(0, count);
  }

  double[] doubles(long address, int count) {
    return new Pointer(address).getDoubleArray(0, count);
  }

  /**
   * Launches a kernel and waits for it.
   *
   * @param arguments integers, longs, floats, doubles, or memory for a structure by value
   */
  void launch(String kernel, int[] grid, int threads, int shared, Object... arguments) {
    Pointer function = function(kernel);
    call("cuFuncSetAttribute", function, MAX_DYNAMIC_SHARED, shared);
    Memory[] values = new Memory[arguments.length];
    Memory pointers = new Memory((long) arguments.length * Long.BYTES);
    for (int i = 0; i < arguments.length; i++) {
      values[i] = value(arguments[i]);
      pointers.setPointer((long) i * Long.BYTES, values[i]);
    }
    try {
      call(
          "cuLaunchKernel",
          function,
          grid[0],
          grid[1],
          grid[2],
          threads,
          1,
          1,
          shared,
          Pointer.NULL,
          pointers,
          Pointer.NULL);
    } finally {
      // The kernel reads them by their addresses.
      Reference.reachabilityFence(values);
    }
  }

  /** Returns a kernel from its module. */
  Pointer function(String kernel) {
    PointerByReference function = new PointerByReference();
    String target = kernel.contains("cluster") ? "sm90" : "sm80";
    String module = kernel.contains("_pool") ? target + "_pooling" : target;
    call("cuModuleGetFunction", function, modules.get(module), kernel);
    return function.getValue();
  }

  private static Memory value(Object argument) {
    if (argument instanceof Memory memory) {
      return memory;
    }
    Memory memory = new Memory(Long.BYTES);
    if (argument instanceof Integer number) {
      memory.setInt(0, number);
    } else if (argument instanceof Long number) {
      memory.setLong(0, number);
    } else if (argument instanceof Float number) {
      memory.setFloat(0, number);
    } else {
      memory.setDouble(0, (Double) argument);
    }
    return memory;
  }

  private void call(String function, Object... arguments) {
    int status = driver.getFunction(function).invokeInt(arguments);
    String why = driver.getFunction("mer_emulator_failure").invokeString(new Object[0], false);
    assertThat(status).as("%s: %s", function, why).isZero();
  }

  @Override
  public void close() {
    allocations.forEach(address -> call("cuMemFree_v2", address));
    modules.values().forEach(module -> call("cuModuleUnload", module));
  }
}
