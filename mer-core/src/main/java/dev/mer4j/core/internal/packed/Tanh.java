package dev.mer4j.core.internal.packed;

/**
 * The hyperbolic tangent as a quotient of polynomials, which C2 vectorizes and which has the same
 * bits on every platform. Its error is at most 3.3e-7; {@code tanh.py} computes the coefficients.
 */
final class Tanh {
  /** Beyond this, the tangent differs from 1 by less than the error. */
  private static final float LARGEST = 7.9f;

  private Tanh() {}

  /** Returns tanh(x), at most 1 in magnitude; NaN for NaN. */
  static float of(float x) {
    float c = Math.max(-LARGEST, Math.min(LARGEST, x));
    float t = c * c;
    float p = (((1.5259696e-8f * t + 2.1903426e-5f) * t + 3.5716966e-3f) * t + 0.13444452f) * t + 1;
    float q = (((8.530553e-7f * t + 3.411744e-4f) * t + 2.6164414e-2f) * t + 0.46777773f) * t + 1;
    return c * p / q;
  }
}
