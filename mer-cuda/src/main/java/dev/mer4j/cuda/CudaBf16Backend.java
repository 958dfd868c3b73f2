package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Backend {@code cuda-bf16}: as {@code cuda}, with factors rounded to bfloat16 for the products
 * over all steps, the weights' gradients among them. It is never chosen unless asked for.
 */
public final class CudaBf16Backend extends GpuBackend {
  /** The backend of the driver that is installed. */
  public CudaBf16Backend() {
    this(CudaDriver::load);
  }

  CudaBf16Backend(Supplier<CudaDriver> driver) {
    super(ProductPrecision.BF16, driver);
  }

  @Override
  public String name() {
    return "cuda-bf16";
  }

  @Override
  public int priority() {
    return -1;
  }
}
