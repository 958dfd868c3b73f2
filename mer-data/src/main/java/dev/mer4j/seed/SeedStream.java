package dev.mer4j.seed;

/**
 * A random stream identified by its path of names. Not thread-safe.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, 2014). All methods are implemented here,
 * because the algorithms of {@code java.util.random} change between releases. A seed gives the same
 * values on every JDK and every machine.
 */
public final class SeedStream {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final long key;
  private long state;

  SeedStream(long key) {
    this.key = key;
    this.state = key;
  }

  /** Returns the stream whose {@link #start} is this state. */
  public static SeedStream startingAt(long start) {
    return new SeedStream(start);
  }

  /** Returns a substream, which does not depend on the values drawn from this stream. */
  public SeedStream at(long index) {
    return new SeedStream(mix(key ^ mix(index + GOLDEN_GAMMA)));
  }

  /** Returns a substream, which does not depend on the values drawn from this stream. */
  public SeedStream at(String name) {
    long hash = name.length();
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash + name.charAt(i));
    }
    return at(hash);
  }

  /**
   * Returns the state that the generator starts from, with which another program's SplitMix64 draws
   * the same values.
   */
  public long start() {
    return key;
  }

  /** Returns a uniform value of 64 bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Returns a uniform value of 32 bits. */
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  /**
   * Returns a uniform value in [0, bound).
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive: " + bound);
    }
    if ((bound & (bound - 1)) == 0) {
      return nextInt() & (bound - 1);
    }
    while (true) {
      int drawn = nextInt() >>> 1;
      int value = drawn % bound;
      // Overflows in the last, incomplete range of bound values, which would favor small values.
      if (drawn - value + (bound - 1) >= 0) {
        return value;
      }
    }
  }

  /** Returns true or false, each with probability one half. */
  public boolean nextBoolean() {
    return nextInt() < 0;
  }

  /** Returns a uniform multiple of 2^-24 in [0, 1). */
  public float nextFloat() {
    return (nextInt() >>> 8) * 0x1.0p-24f;
  }

  /** Returns a uniform multiple of 2^-53 in [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /**
   * Returns a uniform value in [origin, bound).
   *
   * @throws IllegalArgumentException if {@code origin} is not below {@code bound}, or their
   *     difference is not finite
   */
  public double nextDouble(double origin, double bound) {
    double range = bound - origin;
    if (!(range > 0 && range < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "range must be finite and not empty: " + origin + " to " + bound);
    }
    double value = nextDouble() * range + origin;
    return value < bound ? value : Math.nextDown(bound);
  }

  /** Returns a value of the normal distribution with mean 0 and standard deviation 1. */
  public double nextGaussian() {
    return Ziggurat.draw(this);
  }

  /** Returns a value of the normal distribution with that mean and standard deviation. */
  public double nextGaussian(double mean, double deviation) {
    return mean + deviation * nextGaussian();
  }

  /** Shuffles the values. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
