package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Backend {@code cuda-3xtf32}: as {@code cuda}, but the products over all steps run on the tensor
 * cores, with nearly single precision. Used only if requested by name.
 */
public final class Cuda3xTf32Backend extends GpuBackend {
  /** Creates the backend with the installed driver. */
  public Cuda3xTf32Backend() {
    this(CudaDriver::load);
  }

  Cuda3xTf32Backend(Supplier<CudaDriver> driver) {
    super(ProductPrecision.TF32_3X, driver);
  }

  @Override
  public String name() {
    return "cuda-3xtf32";
  }

  @Override
  public int priority() {
    return -1;
  }
}
