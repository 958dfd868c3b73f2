package dev.mer4j.seed;

/**
 * Draws from the normal distribution with mean 0 and standard deviation 1.
 *
 * <p>Source: Doornik, "An improved ziggurat method to generate normal random samples" (2005). The
 * area under the density, from 0 on, is covered by {@value #LAYERS} layers of equal area: the
 * lowest one holds the tail, the others are rectangles. Logarithms and exponentials are those of
 * {@link StrictMath}, which are the same bits everywhere.
 */
final class Ziggurat {
  private static final int LAYERS = 128;

  /** Where the tail begins. */
  private static final double TAIL = 3.442619855899;

  /** The area of a layer. */
  private static final double AREA = 9.91256303526217e-3;

  /** Right edges of the layers, from the lowest one up; its own is as wide as its area asks. */
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

  /** Marsaglia's method of 1964. */
  private static double tail(SeedStream uniform) {
    while (true) {
      double beyond = -StrictMath.log(1 - uniform.nextDouble()) / TAIL;
      double exponential = -StrictMath.log(1 - uniform.nextDouble());
      if (2 * exponential > beyond * beyond) {
        return TAIL + beyond;
      }
    }
  }

  /** The density, up to its constant factor. */
  private static double density(double x) {
    return StrictMath.exp(-0.5 * x * x);
  }
}
