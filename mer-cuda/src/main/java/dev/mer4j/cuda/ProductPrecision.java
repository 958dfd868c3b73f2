package dev.mer4j.cuda;

/**
 * The precision of the products over all steps: the projection of the inputs and the weight
 * gradients. Sums and the recurrence are always in single precision; the recurrence may double the
 * error of a product.
 */
enum ProductPrecision {
  /** On the CUDA cores. */
  SINGLE("", 1e-4),

  /** On the tensor cores, with three products for one, so that 21 bits of each input are used. */
  TF32_3X("_3xtf32", 1e-4),

  /** On the tensor cores; each of two factors is off by up to 2^-11. */
  TF32("_tf32", 2e-3),

  /** On the tensor cores; each of two factors is off by up to 2^-8. */
  BF16("_bf16", 2e-2);

  private final String suffix;
  private final double tolerance;

  ProductPrecision(String suffix, double tolerance) {
    this.suffix = suffix;
    this.tolerance = tolerance;
  }

  /** Returns the suffix of the kernels' names. */
  String suffix() {
    return suffix;
  }

  /** Returns the tolerance of backends with this precision. */
  double tolerance() {
    return tolerance;
  }
}
