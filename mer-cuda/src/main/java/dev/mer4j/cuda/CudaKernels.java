package dev.mer4j.cuda;

import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.Kernel;
import dev.mer4j.cuda.internal.driver.KernelModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The kernels for a hidden size; {@code src/main/cuda} documents their arguments.
 *
 * @param pooling the module with the kernels of attention pooling; null without it
 */
record CudaKernels(
    KernelModule module,
    Kernel gather,
    Kernel pack,
    Kernel project,
    Kernel forward,
    Kernel backward,
    Kernel weightGradients,
    Kernel addSlices,
    @Nullable KernelModule pooling) {
  private static final String BASE = "mer4j-sm80.ptx";
  private static final String CLUSTERS = "mer4j-sm90.ptx";
  private static final String POOLING = "mer4j-sm80_pooling.ptx";
  private static final String POOLING_CLUSTERS = "mer4j-sm90_pooling.ptx";

  /**
   * Loads the kernels, which the driver compiles.
   *
   * @throws dev.mer4j.cuda.internal.driver.CudaException if the driver rejects them
   */
  static CudaKernels load(
      Device device, Recurrence recurrence, ProductPrecision products, Pooling pooling) {
    boolean clustered = recurrence.clustered();
    KernelModule module = load(device, BASE);
    KernelModule recurrent = clustered ? load(device, CLUSTERS) : module;
    KernelModule backward = recurrent;
    KernelModule pooled = null;
    if (pooling == Pooling.ATTENTION) {
      pooled = load(device, POOLING);
      backward = clustered ? load(device, POOLING_CLUSTERS) : pooled;
    }
    String prefix = clustered ? "mer_cluster_" : "mer_";
    String pass = pooling == Pooling.ATTENTION ? "pooled_backward" : "backward";
    return new CudaKernels(
        module,
        module.kernel("mer_gather"),
        module.kernel("mer_pack"),
        module.kernel("mer_project" + products.suffix()),
        recurrent.kernel(prefix + "forward" + recurrence.suffix()),
        backward.kernel(prefix + pass + recurrence.suffix()),
        module.kernel("mer_weight_gradients" + products.suffix()),
        module.kernel("mer_add_slices"),
        pooled);
  }

  private static KernelModule load(Device device, String name) {
    try (InputStream ptx = CudaKernels.class.getResourceAsStream(name)) {
      if (ptx == null) {
        throw new IllegalStateException("the mer-cuda jar does not contain " + name);
      }
      return device.load(name, ptx.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
