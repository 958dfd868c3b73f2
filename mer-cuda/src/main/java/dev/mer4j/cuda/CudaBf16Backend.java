package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Backend {@code cuda-bf16}: as {@code cuda}, with factors rounded to bfloat16 in the products over
 * all steps, including the weight gradients. Used only if requested by name.
 */
public final class CudaBf16Backend extends GpuBackend {
  /** Creates the backend with the installed driver. */
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
