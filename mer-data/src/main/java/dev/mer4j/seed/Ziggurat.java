package dev.mer4j.seed;

/**
 * Samples from the normal distribution with mean 0 and standard deviation 1.
 *
 * <p>Source: Doornik, "An improved ziggurat method to generate normal random samples" (2005). The
 * area under the density for x at least 0 is covered by {@value #LAYERS} layers of equal area: the
 * lowest one contains the tail, the others are rectangles. Logarithms and exponentials are those of
 * {@link StrictMath}, which are bit-identical everywhere.
 */
final class Ziggurat {
  private static final int LAYERS = 128;

  /** The start of the tail. */
  private static final double TAIL = 3.442619855899;

  /** The area of a layer. */
  private static final double AREA = 9.91256303526217e-3;

  /**
   * The right edges of the layers, from the lowest up; the lowest layer's width follows from its
   * area.
   */
  private static final double[] EDGES = edges();

  private Ziggurat() {}

  private static double[] edges() {
    double[] edges = new double[LAYERS + 1];
    double height = density(TAIL);
    edges[0] = AREA / height;
    edges[1] = TAIL;
    for (int i = 2; i < LAYERS; i++) {
      height += AREA / edges[i - 1];
      edges[i] = StrictMath.sqrt(-2 * StrictMath.log(height));
    }
    return edges;
  }

  static double draw(SeedStream uniform) {
    while (true) {
      long bits = uniform.nextLong();
      int layer = (int) bits & (LAYERS - 1);
      double x = ((bits >> 11) * 0x1.0p-52) * EDGES[layer];
      if (Math.abs(x) < EDGES[layer + 1]) {
        return x;
      }
      if (layer == 0) {
        return Math.copySign(tail(uniform), x);
      }
      double low = density(EDGES[layer]);
      double high = density(EDGES[layer + 1]);
      if (low + uniform.nextDouble() * (high - low) < density(x)) {
        return x;
      }
    }
  }

  /** Samples from the tail (Marsaglia, 1964). */
  private static double tail(SeedStream uniform) {
    while (true) {
      double beyond = -StrictMath.log(1 - uniform.nextDouble()) / TAIL;
      double exponential = -StrictMath.log(1 - uniform.nextDouble());
      if (2 * exponential > beyond * beyond) {
        return TAIL + beyond;
      }
    }
  }

  /** Returns the density without its constant factor. */
  private static double density(double x) {
    return StrictMath.exp(-0.5 * x * x);
  }
}
