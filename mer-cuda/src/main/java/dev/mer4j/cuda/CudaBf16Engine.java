package dev.mer4j.cuda;

import dev.mer4j.cuda.driver.CudaDriver;
import java.util.function.Supplier;

/**
 * Engine {@code cuda-bf16}: as {@code cuda}, with factors rounded to bfloat16 for the products over
 * all steps, the weights' gradients among them. It is never chosen unless asked for.
 */
public final class CudaBf16Engine extends GpuEngine {
  /** The engine of the driver that is installed. */
  public CudaBf16Engine() {
    this(CudaDriver::load);
  }

  CudaBf16Engine(Supplier<CudaDriver> driver) {
    super(Products.BF16, driver);
  }

  @Override
  public String name() {
    return "cuda-bf16";
  }

  @Override
  public int preference() {
    return -1;
  }
}
