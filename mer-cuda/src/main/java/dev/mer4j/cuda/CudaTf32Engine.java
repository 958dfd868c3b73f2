package dev.mer4j.cuda;

import dev.mer4j.cuda.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Engine {@code cuda-tf32}: as {@code cuda}, with factors rounded to TF32 for the products over all
 * steps, the weights' gradients among them. It is never chosen unless asked for.
 */
public final class CudaTf32Engine extends GpuEngine {
  /** The engine of the driver that is installed. */
  public CudaTf32Engine() {
    this(CudaDriver::load);
  }

  CudaTf32Engine(Supplier<CudaDriver> driver) {
    super(Products.TF32, driver);
  }

  @Override
  public String name() {
    return "cuda-tf32";
  }

  @Override
  public int preference() {
    return -1;
  }
}
