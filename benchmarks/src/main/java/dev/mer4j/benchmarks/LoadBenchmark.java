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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the start of a service, once in each new JVM: loading on the preferred backend, and the
 * first prediction.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(10)
public class LoadBenchmark {
  /** A saved model, and the features of a segment of 100 steps. */
  @State(Scope.Benchmark)
  public static class Folder {
    private static final int STEPS = 100;

    private SavedModel saved;
    private Map<Modality, float[][]> features;

    /** Writes the folder in another process, so that this one has no warm classes. */
    @Setup
    public void write() throws IOException, InterruptedException {
      saved = SavedModel.createInAnotherProcess();
      features = SavedModel.features(STEPS);
    }

    @TearDown
    public void close() throws IOException {
      saved.close();
    }
  }

  /** A model that has not predicted yet. */
  @State(Scope.Benchmark)
  public static class Loaded {
    private MultimodalModel model;

    @Setup
    public void load(Folder folder) {
      model = MultimodalModel.load(folder.saved.folder());
    }

    @TearDown
    public void close() {
      model.close();
    }
  }

  @Benchmark
  public MultimodalModel load(Folder folder) {
    return MultimodalModel.load(folder.saved.folder());
  }

  @Benchmark
  public Prediction firstPrediction(Folder folder, Loaded loaded) {
    return loaded.model.predict(folder.features);
  }
}
