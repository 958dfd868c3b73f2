package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.data.Modality;
import java.io.IOException;
import java.util.Map;
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
 * Measures how a service predicts single segments with one loaded model: latency by sampling, and
 * segments per second. JMH's option {@code -t} sets the number of threads that call the model.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.SampleTime, Mode.Throughput})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class ServiceBenchmark {
  @Param({"native", "java"})
  public String backend;

  /** The steps of every modality. */
  @Param({"20", "100", "300"})
  public int steps;

  /** The threads of each call; 0 if calls share those of the model. */
  @Param("0")
  public int callThreads;

  private SavedModel saved;
  private MultimodalModel model;
  private Map<Modality, float[][]> features;

  @Setup
  public void load() throws IOException {
    saved = SavedModel.create();
    model =
        callThreads == 0
            ? MultimodalModel.load(saved.folder(), backend)
            : MultimodalModel.load(saved.folder(), backend, callThreads);
    features = SavedModel.features(steps);
  }

  @TearDown
  public void close() throws IOException {
    model.close();
    saved.close();
  }

  @Benchmark
  public Prediction predict() {
    return model.predict(features);
  }
}
