package dev.mer4j.cuda;

import dev.mer4j.cuda.driver.CudaDriver;
import java.util.function.Supplier;

/** Engine {@code cuda}. */
public final class CudaEngine extends GpuEngine {
  /** The engine of the driver that is installed. */
  public CudaEngine() {
    this(CudaDriver::load);
  }

  CudaEngine(Supplier<CudaDriver> driver) {
    super(Products.SINGLE, driver);
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int preference() {
    return 300;
  }
}
