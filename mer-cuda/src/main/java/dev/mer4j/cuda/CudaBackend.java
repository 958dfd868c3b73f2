package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Backend {@code cuda}: single precision on an NVIDIA GPU. Used only if requested by name, until
 * its speed has been measured.
 */
public final class CudaBackend extends GpuBackend {
  /** Creates the backend with the installed driver. */
  public CudaBackend() {
    this(CudaDriver::load);
  }

  CudaBackend(Supplier<CudaDriver> driver) {
    super(ProductPrecision.SINGLE, driver);
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int priority() {
    return -1;
  }
}
