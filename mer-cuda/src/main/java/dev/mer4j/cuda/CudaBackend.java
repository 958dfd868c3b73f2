package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Backend {@code cuda}: single precision on an NVIDIA GPU. It must be requested by name until its
 * speed on a GPU has been measured.
 */
public final class CudaBackend extends GpuBackend {
  /** The backend of the driver that is installed. */
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
