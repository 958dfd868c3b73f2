package dev.mer4j.benchmarks;

import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.cuda.CudaNetwork;
import dev.mer4j.cuda.Phase;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.Seeds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** Measures a training step of the recipe on a GPU. {@link GpuBenchmarks} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx4g",
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public class GpuTrainStepBenchmark {
  private static final int ROTATED = 6;

  /** The lengths of the rows: 300 steps, or those of MOSEI's segments. */
  @Param({"full", "mosei"})
  public String lengths;

  /**
   * Whether features are uploaded within the step or prefetched; the host's work for prefetching is
   * not timed.
   */
  @Param({"sent", "ahead"})
  public String features;

  private final GpuTimes times = new GpuTimes();
  private CudaNetwork network;
  private List<Batch> batches;
  private TrainingSession session;
  private Seeds seeds;
  private int turn;

  @Setup
  public void open() {
    seeds = new Seeds(7);
    network = GpuNetworks.open();
    session = network.startTraining(Recipe.options(1), Recipe.segments(network.layout()));
    batches =
        lengths.equals("mosei")
            ? Recipe.mosei(ROTATED, Recipe.BATCH, network.layout())
            : Stream.generate(this::batch).limit(ROTATED).toList();
  }

  private Batch batch() {
    return Recipe.batch(Recipe.BATCH, Recipe.STEPS, network.layout());
  }

  @Setup(Level.Iteration)
  public void clearTimes() {
    times.clear();
  }

  @Setup(Level.Invocation)
  public void start() {
    turn = (turn + 1) % ROTATED;
    if (features.equals("ahead")) {
      network.prefetch(batches.get(turn));
    }
    times.start();
  }

  @TearDown(Level.Invocation)
  public void stop() {
    times.stop();
    times.add(network.times());
  }

  @TearDown
  public void close() {
    String how = "cuda, features " + features;
    times.print(
        how, "step " + lengths, "all", Recipe.BATCH, Recipe.STEPS, network.device(), roofs());
    session.close();
    network.close();
  }

  /** Returns the floors, for rows of equal length only. */
  private Map<Phase, Roofline> roofs() {
    return lengths.equals("full")
        ? Roofline.of(Recipe.WIDTHS, Recipe.BATCH, Recipe.STEPS, Recipe.HIDDEN, true)
        : Map.of();
  }

  /** Runs forward, backward, clipping and AdamW of the complete model. */
  @Benchmark
  public double step() {
    Batch batch = batches.get(turn);
    return Recipe.step(session, batch, seeds.stream("head-dropout")).loss();
  }
}
