package dev.mer4j.cuda;

/**
 * How the products over all steps are computed: what the inputs contribute to the gates, and the
 * weights' gradients. Sums are in single precision always, and so is the recurrence, which may
 * double what a product is off by.
 */
enum ProductPrecision {
  /** On the CUDA cores. */
  SINGLE("", 1e-4),

  /** On the tensor cores, three products for one, so that 21 bits of each input count. */
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

  /** What the names of the kernels end with. */
  String suffix() {
    return suffix;
  }

  /** As backends have it. */
  double tolerance() {
    return tolerance;
  }
}
