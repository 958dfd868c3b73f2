package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;
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

/** Measures one training step of the recipe, and its encoders alone. */
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
public class TrainStepBenchmark {
  @Param({"native", "java", "onednn"})
  public String backend;

  private MultimodalModel model;
  private Encoders encoders;
  private Batch batch;
  private PerModality<float[]> stateGradients;
  private float[] gradient;
  private TrainingSession session;
  private Seeds seeds;

  @Setup
  public void build() {
    seeds = new Seeds(7);
    model = Recipe.model().backend(backend).build();
    batch = Recipe.batch(Recipe.BATCH, Recipe.STEPS, model.layout());
    encoders = Backends.named(backend).open(Recipe.WIDTHS.modalities(), model.parameters());
    float[] ones = new float[Recipe.BATCH * 2 * Recipe.HIDDEN];
    Arrays.fill(ones, 1);
    stateGradients = Recipe.WIDTHS.map(width -> ones);
    gradient = new float[model.parameters().size()];
    session = Recipe.startTraining(model);
  }

  @TearDown
  public void close() {
    session.close();
    model.close();
    encoders.close();
  }

  /** Runs forward and backward of the six LSTM directions. */
  @Benchmark
  public float[] encoders() {
    encoders.forwardTraining(batch.sequences(), batch.presence());
    encoders.backward(stateGradients, gradient);
    return gradient;
  }

  /** Runs forward, backward, clipping and AdamW of the complete model. */
  @Benchmark
  public double step() {
    return Recipe.step(session, batch, seeds.stream("head-dropout")).loss();
  }
}
