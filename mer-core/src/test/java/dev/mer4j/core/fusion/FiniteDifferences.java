package dev.mer4j.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;

/** Compares gradients with central differences. */
final class FiniteDifferences {
  private FiniteDifferences() {}

  /**
   * Checks a gradient within 1e-3 of its largest value, because finite differences are inaccurate
   * near a kink of the ReLU.
   *
   * @param values the values that the loss reads, unchanged afterwards
   */
  static void assertGradient(float[] values, float[] gradient, DoubleSupplier loss) {
    double largest = 0;
    for (float g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    for (int i = 0; i < values.length; i++) {
      float original = values[i];
      float step = 0x1p-12f;
      values[i] = original + step;
      double above = loss.getAsDouble();
      double up = values[i];
      values[i] = original - step;
      double below = loss.getAsDouble();
      double down = values[i];
      values[i] = original;
      assertThat((double) gradient[i])
          .isCloseTo((above - below) / (up - down), within(1e-3 * largest));
    }
  }
}
