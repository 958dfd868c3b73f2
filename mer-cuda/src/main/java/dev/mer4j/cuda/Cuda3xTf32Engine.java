package dev.mer4j.cuda;

import dev.mer4j.cuda.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Engine {@code cuda-3xtf32}: as {@code cuda}, with the products over all steps on the tensor
 * cores, about as exact as single precision. It is never chosen unless asked for.
 */
public final class Cuda3xTf32Engine extends GpuEngine {
  /** The engine of the driver that is installed. */
  public Cuda3xTf32Engine() {
    this(CudaDriver::load);
  }

  Cuda3xTf32Engine(Supplier<CudaDriver> driver) {
    super(Products.TF32_TWICE, driver);
  }

  @Override
  public String name() {
    return "cuda-3xtf32";
  }

  @Override
  public int preference() {
    return -1;
  }
}
