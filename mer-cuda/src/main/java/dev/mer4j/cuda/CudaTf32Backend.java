package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Backend {@code cuda-tf32}: as {@code cuda}, with factors rounded to TF32 in the products over all
 * steps, including the weight gradients. Used only if requested by name.
 */
public final class CudaTf32Backend extends GpuBackend {
  /** Creates the backend with the installed driver. */
  public CudaTf32Backend() {
    this(CudaDriver::load);
  }

  CudaTf32Backend(Supplier<CudaDriver> driver) {
    super(ProductPrecision.TF32, driver);
  }

  @Override
  public String name() {
    return "cuda-tf32";
  }

  @Override
  public int priority() {
    return -1;
  }
}
