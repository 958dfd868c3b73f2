package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Locale;

/** A function that runs on the GPU. */
public final class Kernel {
  private static final int DYNAMIC_SHARED_BYTES = 8;

  /** 48 KiB, less the memory that a kernel may declare. */
  private static final int DEFAULT_SHARED_BYTES = 47 << 10;

  private final Calls calls;
  private final String name;
  private final Pointer handle;

  /**
   * The launch configuration of a kernel.
   *
   * @param gridX the number of blocks in x
   * @param block the number of threads of a block
   * @param sharedBytes the dynamic shared memory of each block
   */
  public record Launch(int gridX, int gridY, int gridZ, int block, int sharedBytes) {
    /** A launch without dynamic shared memory. */
    public Launch(int gridX, int gridY, int gridZ, int block) {
      this(gridX, gridY, gridZ, block, 0);
    }
  }

  Kernel(Calls calls, String name, Pointer handle) {
    this.calls = calls;
    this.name = name;
    this.handle = handle;
  }

  /** Enqueues one launch of the kernel. */
  public void launch(DeviceStream stream, Launch launch, Arguments arguments) {
    if (launch.sharedBytes() > DEFAULT_SHARED_BYTES) {
      calls.check(
          calls.driver().cuFuncSetAttribute(handle, DYNAMIC_SHARED_BYTES, launch.sharedBytes()),
          "cuFuncSetAttribute",
          () ->
              String.format(
                  Locale.ROOT, "%,d bytes of shared memory for %s", launch.sharedBytes(), name));
    }
    try (Memory memory = arguments.memory()) {
      calls.check(
          calls
              .driver()
              .cuLaunchKernel(
                  handle,
                  launch.gridX(),
                  launch.gridY(),
                  launch.gridZ(),
                  launch.block(),
                  1,
                  1,
                  launch.sharedBytes(),
                  stream.handle(),
                  memory,
                  null),
          "cuLaunchKernel",
          () -> name + ": " + launch);
    }
  }
}
