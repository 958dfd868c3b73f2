package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures training steps over rows of MOSEI's lengths, batched by similar length, and over the
 * same number of rows padded to 300 steps.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public class EpochBenchmark {
  private static final int BATCHES = 10;

  @Param({"native", "java", "onednn"})
  public String backend;

  @Param({"mosei", "padded"})
  public String lengths;

  private final List<Batch> batches = new ArrayList<>();
  private MultimodalModel model;
  private TrainingSession session;

  @Setup
  public void build() {
    model = Recipe.model().backend(backend).build();
    session = Recipe.startTraining(model);
    batches.addAll(
        lengths.equals("padded")
            ? Collections.nCopies(BATCHES, Recipe.batch(Recipe.BATCH, Recipe.STEPS, model.layout()))
            : Recipe.mosei(BATCHES, Recipe.BATCH, model.layout()));
  }

  /** Returns the useful floating-point operations of the steps over real lengths. */
  static double moseiFlops() {
    return Recipe.moseiLengths(BATCHES * Recipe.BATCH).stream()
        .mapToDouble(Recipe::usefulFlops)
        .sum();
  }

  /** Returns the useful floating-point operations of the steps over padded rows. */
  static double paddedFlops() {
    return BATCHES * Recipe.usefulFlops(Recipe.BATCH, Recipe.STEPS);
  }

  @TearDown
  public void close() {
    session.close();
    model.close();
  }

  @Benchmark
  public double epoch() {
    double loss = 0;
    for (Batch batch : batches) {
      loss += Recipe.step(session, batch, new Seeds(1).stream("head-dropout")).loss();
    }
    return loss;
  }
}
