package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
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

/** Measures inference of the three encoders; 300 steps in every row. */
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
public class InferenceBenchmark {
  @Param({"native", "java", "onednn"})
  public String backend;

  @Param({"1", "16", "64"})
  public int rows;

  private Encoders encoders;
  private Batch batch;

  @Setup
  public void build() {
    try (MultimodalModel model = Recipe.model().backend(backend).build()) {
      encoders = Backends.named(backend).open(Recipe.WIDTHS.modalities(), model.parameters());
      batch = Recipe.batch(rows, Recipe.STEPS, model.layout());
    }
  }

  @TearDown
  public void close() {
    encoders.close();
  }

  @Benchmark
  public PerModality<float[]> inference() {
    return encoders.forward(batch.sequences(), batch.presence());
  }
}
