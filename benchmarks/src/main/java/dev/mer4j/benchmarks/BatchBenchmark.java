package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** What assembling batches costs beside the steps, when it is done ahead as a trainer does it. */
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
  private List<Batch> packedWhenGot;

  @Setup
  public void build() {
    model = Recipe.model().build();
    SegmentSet segments = new Noise(BATCHES * Recipe.BATCH);
    packedWhenGot =
        Batcher.builder(segments)
            .batchSize(Recipe.BATCH)
            .layout(model.layout())
            .standardization(Standardization.fit(segments))
            .build()
            .epoch(1);
    packedWhenGot.forEach(ready::add);
  }

  @TearDown
  public void close() {
    model.close();
  }

  /** Reads, standardizes and packs one batch. */
  @Benchmark
  public Batch pack() {
    return packedWhenGot.get(0);
  }

  /** Four steps over batches that are ready. */
  @Benchmark
  public double stepsAlone() {
    double loss = 0;
    for (Batch batch : ready) {
      loss += step(batch);
    }
    return loss;
  }

  /** Four steps, while the next batch is packed in another thread. */
  @Benchmark
  public double stepsWhilePacking() {
    double loss = 0;
    for (int b = 0; b < BATCHES; b++) {
      int next = b;
      CompletableFuture<Batch> ahead = CompletableFuture.supplyAsync(() -> packedWhenGot.get(next));
      loss += step(ready.get(b));
      loss += ahead.join().size();
    }
    return loss;
  }

  private double step(Batch batch) {
    return model.step(batch, batch.presence(), new Seeds(1).stream("head-dropout")).loss();
  }

  /** Segments of the recipe's full length, in memory. */
  private record Noise(int size) implements SegmentSet {
    @Override
    public Map<Modality, Integer> widths() {
      return Recipe.WIDTHS;
    }

    @Override
    public SegmentInfo info(int segment) {
      Map<Modality, Integer> steps =
          Map.of(
              Modality.TEXT,
              Recipe.STEPS,
              Modality.AUDIO,
              Recipe.STEPS,
              Modality.VISUAL,
              Recipe.STEPS);
      EmotionScores scores = new EmotionScores(0, 1, 0, 0, 0, 0, 0);
      return new SegmentInfo(new SegmentId("noise", segment), 0, 1, scores, steps);
    }

    @Override
    public void read(int segment, Modality modality, float[] target, int offset) {
      float[] source = Values.OF.get(modality);
      System.arraycopy(source, 0, target, offset, source.length);
    }
  }

  /** One segment's values of each modality. */
  private static final class Values {
    static final Map<Modality, float[]> OF =
        Map.of(Modality.TEXT, noise(300), Modality.AUDIO, noise(74), Modality.VISUAL, noise(713));

    private static float[] noise(int width) {
      float[] values = new float[Recipe.STEPS * width];
      for (int i = 0; i < values.length; i++) {
        values[i] = (i * 31 % 101 - 50) / 30f;
      }
      return values;
    }
  }
}
