package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the cost of assembling batches, alone and prefetched during steps as in a trainer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 4, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public class BatchBenchmark {
  private static final int BATCHES = 4;

  private final List<Batch> ready = new ArrayList<>();
  private MultimodalModel model;
  private TrainingSession session;
  private List<Batch> lazilyPacked;
  private List<Batch> withoutFeatures;

  @Setup
  public void build() {
    model = Recipe.model().build();
    session = Recipe.startTraining(model);
    SegmentSet segments =
        new NoiseSegments(Collections.nCopies(BATCHES * Recipe.BATCH, fullLength()));
    Batcher batcher =
        Batcher.builder(segments)
            .batchSize(Recipe.BATCH)
            .layout(model.layout())
            .standardization(Standardization.fit(segments))
            .build();
    lazilyPacked = batcher.epoch(1);
    withoutFeatures = batcher.withoutFeatures().epoch(1);
    lazilyPacked.forEach(ready::add);
  }

  private static PerModality<Integer> fullLength() {
    return Recipe.WIDTHS.map(width -> Recipe.STEPS);
  }

  @TearDown
  public void close() {
    session.close();
    model.close();
  }

  /** Reads, standardizes and packs one batch. */
  @Benchmark
  public Batch pack() {
    return lazilyPacked.get(0);
  }

  /** Assembles one batch whose features are resident on the device. */
  @Benchmark
  public Batch assembleWithoutFeatures() {
    return withoutFeatures.get(0);
  }

  /** Runs four steps over assembled batches. */
  @Benchmark
  public double stepsAlone() {
    double loss = 0;
    for (Batch batch : ready) {
      loss += step(batch);
    }
    return loss;
  }

  /** Runs four steps while another thread packs the next batch. */
  @Benchmark
  public double stepsWhilePacking() {
    double loss = 0;
    for (int b = 0; b < BATCHES; b++) {
      int next = b;
      CompletableFuture<Batch> prefetched =
          CompletableFuture.supplyAsync(() -> lazilyPacked.get(next));
      loss += step(ready.get(b));
      loss += prefetched.join().size();
    }
    return loss;
  }

  private double step(Batch batch) {
    return Recipe.step(session, batch, new Seeds(1).stream("head-dropout")).loss();
  }
}
