package dev.mer4j.benchmarks;

import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.CudaEncoders;
import dev.mer4j.cuda.Phase;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Measures the encoders on a GPU; {@link GpuBenchmarks} runs it. JMH measures wall time; the GPU
 * time of each phase is printed at the end with its floor in single precision. The inputs rotate,
 * so that they are not cached.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class GpuLstmBenchmark {
  private static final int ROTATED = 3;

  @Param({"cuda", "cuda-3xtf32", "cuda-tf32", "cuda-bf16"})
  public String backend;

  @Param({"text", "audio", "visual", "all"})
  public String modality;

  @Param({"1", "16", "64", "256"})
  public int rows;

  @Param({"50", "150", "300"})
  public int steps;

  private final GpuTimes times = new GpuTimes();
  private PerModality<Integer> widths;
  private CudaEncoders encoders;
  private List<Batch> batches;
  private PerModality<float[]> stateGradients;
  private float[] gradient;
  private int turn;

  @Setup
  public void open() {
    widths =
        modality.equals("all")
            ? Recipe.WIDTHS
            : PerModality.of(List.of(Modality.of(modality)), Recipe.WIDTHS::get);
    Parameters.Layout layout = new Parameters.Layout();
    widths.forEach((m, width) -> LstmParameters.declare(layout, m, width, Recipe.HIDDEN));
    Parameters parameters = layout.allocate();
    Initialization initialization = new Initialization(new Seeds(1));
    for (ParameterView view : parameters.views()) {
      initialization.uniform(parameters, view.name(), Recipe.HIDDEN);
    }
    encoders = (CudaEncoders) Backends.named(backend).open(widths.modalities(), parameters);
    batches =
        IntStream.range(0, ROTATED)
            .mapToObj(seed -> Recipe.batch(rows, steps, encoders.layout()))
            .toList();
    float[] ones = new float[rows * 2 * Recipe.HIDDEN];
    Arrays.fill(ones, 1);
    stateGradients = widths.map(width -> ones);
    gradient = new float[parameters.size()];
  }

  @Setup(Level.Iteration)
  public void clearTimes() {
    times.clear();
  }

  @Setup(Level.Invocation)
  public void start() {
    turn = (turn + 1) % ROTATED;
    times.start();
  }

  @TearDown(Level.Invocation)
  public void stop() {
    times.stop();
    times.add(encoders.times());
  }

  @TearDown
  public void close(BenchmarkParams benchmark) {
    String name = benchmark.getBenchmark();
    String what = name.substring(name.lastIndexOf('.') + 1);
    Map<Phase, Roofline> roofs =
        Roofline.of(widths, rows, steps, Recipe.HIDDEN, what.equals("training"));
    times.print(backend, what, modality, rows, steps, encoders.device(), roofs);
    encoders.close();
  }

  /** Computes states for inference. */
  @Benchmark
  public PerModality<float[]> inference() {
    Batch batch = batches.get(turn);
    return encoders.forward(batch.sequences(), batch.presence());
  }

  /** Computes states for training, then the gradient of the parameters. */
  @Benchmark
  public float[] training() {
    Batch batch = batches.get(turn);
    encoders.forwardTraining(batch.sequences(), batch.presence());
    encoders.backward(stateGradients, gradient);
    return gradient;
  }
}
