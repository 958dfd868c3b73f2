package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.GradientClipping.Clipped;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures clipping and AdamW for the recipe's parameters, and the memory traffic that AdamW
 * requires.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class OptimizerBenchmark {
  private float[] parameters;
  private float[] gradient;
  private float[] mean;
  private float[] square;
  private AdamW optimizer;
  private GradientClipping clipping;

  @Setup
  public void build() {
    try (MultimodalModel model = Recipe.model().build()) {
      parameters = model.parameters().values().clone();
    }
    gradient = new float[parameters.length];
    SeedStream noise = new Seeds(7).stream("gradient");
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) noise.nextDouble(-1e-3, 1e-3);
    }
    mean = parameters.clone();
    square = parameters.clone();
    optimizer = new AdamW(new AdamW.Rates(1e-4, 0.01), parameters.length);
    clipping = new GradientClipping(1);
  }

  /** Computes the gradient's norm. */
  @Benchmark
  public Clipped clip() {
    return clipping.apply(gradient);
  }

  /** Runs AdamW over all parameters. */
  @Benchmark
  public float[] update() {
    optimizer.update(parameters, gradient, 0.5);
    return parameters;
  }

  /** Reads four arrays and writes three of them on all cores, with minimal arithmetic. */
  @Benchmark
  public float[] traffic() {
    int piece = 1 << 15;
    IntStream.range(0, (parameters.length + piece - 1) / piece)
        .parallel()
        .forEach(p -> touch(p * piece, Math.min(parameters.length, (p + 1) * piece)));
    return parameters;
  }

  private void touch(int from, int to) {
    float[] p = parameters;
    float[] g = gradient;
    float[] m = mean;
    float[] v = square;
    for (int i = from; i < to; i++) {
      m[i] += g[i];
      v[i] += g[i];
      p[i] += g[i];
    }
  }
}
