package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Backend {@code cuda-3xtf32}: as {@code cuda}, with the products over all steps on the tensor
 * cores, about as exact as single precision. It is never chosen unless asked for.
 */
public final class Cuda3xTf32Backend extends GpuBackend {
  /** The backend of the driver that is installed. */
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
