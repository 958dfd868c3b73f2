package dev.mer4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures how fast each core reads the recurrent weights of one direction, which bounds a step of
 * one row. Blocks are copied into an array of the first-level cache, so that reading limits.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@Threads(Threads.MAX)
public class WeightStreamBenchmark {
  private static final int BLOCK = 1024;

  private final float[] weights = new float[4 * Recipe.HIDDEN * Recipe.HIDDEN];
  private final float[] block = new float[BLOCK];

  /** Reads the weights once for each of {@value Recipe#STEPS} steps. */
  @Benchmark
  public float[] steps() {
    for (int step = 0; step < Recipe.STEPS; step++) {
      for (int from = 0; from < weights.length; from += BLOCK) {
        System.arraycopy(weights, from, block, 0, BLOCK);
      }
    }
    return block;
  }
}
