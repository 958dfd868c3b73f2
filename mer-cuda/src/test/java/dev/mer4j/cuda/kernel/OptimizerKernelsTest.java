package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares clipping and AdamW with the formulas of mer-core. */
class OptimizerKernelsTest {
  private static final int BLOCKS = 128;

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 70_001})
  void normIsSummedInDoublePrecision(int size) {
    float[] gradient = gaussian("gradient", size);
    double expected = 0;
    for (float g : gradient) {
      expected += (double) g * g;
    }
    expected = Math.sqrt(expected);
    double[] tight = clip(gradient, 0.5 * expected);
    assertThat(tight[0]).isCloseTo(expected, within(1e-12 * expected));
    assertThat(tight[1]).isCloseTo(0.5 * expected / (expected + 1e-6), within(1e-12));
    assertThat(clip(gradient, 2 * expected)[1]).isEqualTo(1);
  }

  @Test
  void lossIsTheSumOfItsRows() {
    float[] losses = gaussian("losses", 70);
    double expected = 0;
    for (float loss : losses) {
      expected += loss;
    }
    assertThat(clip(new float[1], 1, losses)[2]).isCloseTo(expected, within(1e-12));
  }

  @Test
  void adamwIsBitIdenticalToTheFormulaOnTheHost() {
    int size = 1000;
    float[] parameters = gaussian("parameters", size);
    float[] gradient = gaussian("gradient", size);
    float[] mean = gaussian("mean", size);
    float[] square = gaussian("square", size);
    for (int i = 0; i < size; i++) {
      square[i] *= square[i];
    }
    float[][] expected = expected(parameters, gradient, mean, square, 0.25f);
    assertThat(update(parameters, gradient, mean, square, 10, 0.25, 0)).isDeepEqualTo(expected);
  }

  @ParameterizedTest(name = "norm {0}, loss {1}")
  @CsvSource({"NaN, 1", "Infinity, 1", "1, NaN", "1, Infinity"})
  void nonFiniteResultsUpdateNothing(double norm, double loss) {
    float[] parameters = gaussian("parameters", 300);
    float[] zeros = new float[300];
    float[] gradient = new float[300];
    Arrays.fill(gradient, Float.NaN);
    assertThat(update(parameters, gradient, zeros, zeros, norm, 1, loss))
        .isDeepEqualTo(new float[][] {parameters, zeros, zeros});
  }

  private static double[] clip(float[] gradient, double maxNorm, float... losses) {
    try (EmulatedGpu gpu = EmulatedGpu.open()) {
      long partials = gpu.allocate(2 * BLOCKS);
      long found = gpu.allocate(6);
      int[] grid = {BLOCKS, 1, 1};
      gpu.launch("mer_square_sums", grid, 256, 0, gpu.put(gradient), gradient.length, partials);
      gpu.launch(
          "mer_clip",
          new int[] {1, 1, 1},
          32,
          0,
          partials,
          maxNorm,
          gpu.put(losses),
          losses.length,
          found);
      return gpu.doubles(found, 3);
    }
  }

  private static float[][] update(
      float[] parameters,
      float[] gradient,
      float[] mean,
      float[] square,
      double norm,
      double scale,
      double loss) {
    int size = parameters.length;
    try (EmulatedGpu gpu = EmulatedGpu.open()) {
      long p = gpu.put(parameters);
      long m = gpu.put(mean);
      long v = gpu.put(square);
      long found = gpu.allocate(6);
      new com.sun.jna.Pointer(found).write(0, new double[] {norm, scale, loss}, 0, 3);
      gpu.launch(
          "mer_adamw",
          new int[] {(size + 255) / 256, 1, 1},
          256,
          0,
          p,
          gpu.put(gradient),
          m,
          v,
          size,
          found,
          0.99f,
          1e-3f,
          0.5f);
      return new float[][] {gpu.floats(p, size), gpu.floats(m, size), gpu.floats(v, size)};
    }
  }

  /** Computes AdamW as mer-core does, with decay 0.99, step size 1e-3 and correction 0.5. */
  private static float[][] expected(
      float[] parameters, float[] gradient, float[] mean, float[] square, float scale) {
    float[][] out = {parameters.clone(), mean.clone(), square.clone()};
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i] * scale;
      float m = (float) 0.9 * mean[i] + (float) (1 - 0.9) * g;
      float v = (float) 0.999 * square[i] + (float) (1 - 0.999) * (g * g);
      float denominator = (float) Math.sqrt(v) / 0.5f + 1e-8f;
      out[0][i] = parameters[i] * 0.99f - 1e-3f * (m / denominator);
      out[1][i] = m;
      out[2][i] = v;
    }
    return out;
  }

  private static float[] gaussian(String name, int count) {
    SeedStream draws = new Seeds(3).stream(name);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) draws.nextGaussian();
    }
    return values;
  }
}
