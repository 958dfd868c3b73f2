package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Measures one encoder, both directions, by backend and size; all rows have the full length. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public class EncoderBenchmark {
  @Param({"native", "java", "onednn"})
  public String backend;

  @Param({"74", "300", "713"})
  public int inputs;

  @Param({"50", "150", "300"})
  public int steps;

  @Param({"1", "16", "64"})
  public int rows;

  private Encoders encoders;
  private Batch batch;
  private PerModality<float[]> stateGradients;
  private float[] gradient;

  @Setup
  public void build() {
    PerModality<Integer> widths = PerModality.of(Modality.VISUAL, inputs);
    try (MultimodalModel model =
        MultimodalModel.builder().inputs(widths).hidden(Recipe.HIDDEN).backend(backend).build()) {
      encoders = Backends.named(backend).open(List.of(Modality.VISUAL), model.parameters());
      gradient = new float[model.parameters().size()];
      batch = Recipe.batch(widths, rows, steps, model.layout());
    }
    float[] ones = new float[rows * 2 * Recipe.HIDDEN];
    Arrays.fill(ones, 1);
    stateGradients = PerModality.of(Modality.VISUAL, ones);
  }

  @TearDown
  public void close() {
    encoders.close();
  }

  /** Runs forward for inference. */
  @Benchmark
  public PerModality<float[]> inference() {
    return encoders.forward(batch.sequences(), batch.presence());
  }

  /** Runs forward for training. */
  @Benchmark
  public PerModality<float[]> forwardTraining() {
    return encoders.forwardTraining(batch.sequences(), batch.presence());
  }

  /** Runs backward; the preceding forward pass is not timed. */
  @Benchmark
  public float[] backward(Forward forward) {
    encoders.backward(stateGradients, gradient);
    return gradient;
  }

  /** Runs a forward pass before each backward pass. */
  @State(Scope.Benchmark)
  public static class Forward {
    @Setup(Level.Invocation)
    public void run(EncoderBenchmark benchmark) {
      benchmark.forwardTraining();
    }
  }
}
