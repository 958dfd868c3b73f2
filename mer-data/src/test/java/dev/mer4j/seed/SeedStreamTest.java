package dev.mer4j.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the stream "golden" of seed 7 with the values that {@code
 * src/test/python/seed_stream.py} prints.
 */
class SeedStreamTest {
  private final SeedStream draws = new Seeds(7).stream("golden");

  @Test
  void integersAreReproducible() {
    assertThat(Stream.generate(draws::nextLong).limit(4))
        .containsExactly(
            -6468215713413307494L,
            -6400245609550999869L,
            9147601049385856737L,
            -303296846990068003L);
    SeedStream again = new Seeds(7).stream("golden");
    assertThat(Stream.generate(again::nextInt).limit(4))
        .containsExactly(-1505998828, -1490173305, 2129841840, -70616801);
  }

  @Test
  void boundedIntegersAreReproducible() {
    int[] bounds = {1, 6, 8, 1000, (1 << 30) + 1, (1 << 30) + 1, Integer.MAX_VALUE, 3};
    assertThat(IntStream.of(bounds).map(draws::nextInt))
        .containsExactly(0, 3, 0, 247, 531029556, 824389036, 1773036318, 1);
  }

  @Test
  void booleansAreReproducible() {
    assertThat(Stream.generate(draws::nextBoolean).limit(8))
        .containsExactly(true, true, false, true, false, true, true, true);
  }

  @Test
  void fractionsAreReproducible() {
    assertThat(Stream.generate(draws::nextDouble).limit(4))
        .containsExactly(
            0x1.4c7890284ecccp-1, 0x1.4e5b850e5eeb1p-1, 0x1.fbcb3ac0de89ap-2, 0x1.f794f23fcb526p-1);
    SeedStream again = new Seeds(7).stream("golden");
    assertThat(Stream.generate(again::nextFloat).limit(4))
        .containsExactly(0x1.4c789p-1f, 0x1.4e5b84p-1f, 0x1.fbcb38p-2f, 0x1.f794f2p-1f);
    SeedStream ranged = new Seeds(7).stream("golden");
    assertThat(Stream.generate(() -> ranged.nextDouble(-0.25, 2.5)).limit(4))
        .containsExactly(
            0x1.8925c6376c598p0, 0x1.8bbdd6f3c2833p0, 0x1.1d1bb86498feap0, 0x1.3a36668bdbc8ap1);
  }

  @Test
  void gaussiansAreReproducible() {
    assertThat(Stream.generate(draws::nextGaussian).limit(6))
        .containsExactly(
            -0x1.80f5733a70afp0,
            -0x1.091fe4785e816p0,
            0x1.7df6e77674689p-2,
            -0x1.5a4e626db544cp-2,
            -0x1.4f8bd4e323ce5p0,
            -0x1.043b26782734bp-1);
    assertThat(new Seeds(7).stream("golden").nextGaussian(3, 2))
        .isEqualTo(3 - 2 * 0x1.80f5733a70afp0);
  }

  /** A million samples cover the tail and the edges of all layers. */
  @Test
  void aMillionGaussiansAreBitIdentical() {
    long hash = 0;
    for (int i = 0; i < 1_000_000; i++) {
      hash = 31 * hash + Double.doubleToLongBits(draws.nextGaussian());
    }
    assertThat(hash).isEqualTo(-4715388629588258415L);
  }

  @Test
  void shufflesAreReproducible() {
    int[] values = IntStream.range(0, 10).toArray();
    draws.shuffle(values);
    assertThat(values).containsExactly(5, 2, 9, 8, 1, 6, 7, 0, 3, 4);
  }

  /**
   * The tolerance is five standard errors, which are 0.001, 0.0014, 0.0024 and 0.0098 for a million
   * samples.
   */
  @Test
  void momentsAreThoseOfTheNormalDistribution() {
    int count = 1_000_000;
    double[] sums = new double[4];
    for (int i = 0; i < count; i++) {
      double value = draws.nextGaussian();
      double power = 1;
      for (int k = 0; k < sums.length; k++) {
        power *= value;
        sums[k] += power;
      }
    }
    assertThat(sums[0] / count).isCloseTo(0, within(0.005));
    assertThat(sums[1] / count).isCloseTo(1, within(0.007));
    assertThat(sums[2] / count).isCloseTo(0, within(0.02));
    assertThat(sums[3] / count).isCloseTo(3, within(0.05));
  }

  /** Φ(−3), Φ(−2), Φ(−1), Φ(0), Φ(1), Φ(2), Φ(3); five standard errors are at most 0.0025. */
  @Test
  void fractionsBelowAThresholdAreThoseOfTheNormalDistribution() {
    double[] expected = {0.0013499, 0.0227501, 0.1586553, 0.5, 0.8413447, 0.9772499, 0.9986501};
    int count = 1_000_000;
    int[] below = new int[expected.length];
    for (int i = 0; i < count; i++) {
      double value = draws.nextGaussian();
      for (int k = 0; k < below.length; k++) {
        below[k] += value < k - 3 ? 1 : 0;
      }
    }
    for (int k = 0; k < below.length; k++) {
      double error = Math.sqrt(expected[k] * (1 - expected[k]) / count);
      assertThat((double) below[k] / count).isCloseTo(expected[k], within(5 * error));
    }
  }

  @Test
  void substreamsDoNotDependOnDrawnValues() {
    long expected = draws.at("below").at(3).nextLong();
    draws.nextGaussian();
    assertThat(draws.at("below").at(3).nextLong()).isEqualTo(expected);
  }

  @Test
  void rejectsAnEmptyRange() {
    assertThatThrownBy(() -> draws.nextInt(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bound must be positive: 0");
    assertThatThrownBy(() -> draws.nextDouble(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> draws.nextDouble(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverReturnsTheBoundOfARange() {
    for (int i = 0; i < 1000; i++) {
      assertThat(draws.nextDouble(1, Math.nextUp(1.0))).isEqualTo(1);
    }
  }
}
