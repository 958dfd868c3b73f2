package dev.mer4j.seed;

import java.util.random.RandomGenerator;

/**
 * A random stream named by the path that leads to it; not safe for use by several threads.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, 2014).
 */
public final class SeedStream implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final long key;
  private long state;

  SeedStream(long key) {
    this.key = key;
    this.state = key;
  }

  /** Returns the stream one level down; what this one has drawn so far does not matter. */
  public SeedStream at(long index) {
    return new SeedStream(mix(key ^ mix(index + GOLDEN_GAMMA)));
  }

  /** Returns the stream one level down; what this one has drawn so far does not matter. */
  public SeedStream at(String name) {
    long hash = name.length();
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash + name.charAt(i));
    }
    return at(hash);
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Puts the values into a random order. */
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
