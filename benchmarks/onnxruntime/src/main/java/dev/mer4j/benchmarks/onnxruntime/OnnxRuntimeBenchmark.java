package dev.mer4j.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.onnx.OnnxFile;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
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
 * Measures the exported model of the recipe in ONNX Runtime: standardization, encoders and head,
 * the same steps in every row, as many threads as cores. The inputs are direct buffers, which are
 * not copied.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class OnnxRuntimeBenchmark {
  private static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 300, Modality.AUDIO, 74, Modality.VISUAL, 713);

  /** The preset whose fusion and pooling the model has: {@code paper} or {@code robust}. */
  @Param("paper")
  public String preset;

  @Param({"1", "16", "64"})
  public int rows;

  @Param("300")
  public int steps;

  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private OrtSession session;

  @Setup
  public void build() throws OrtException, IOException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Path file = Files.createTempFile("mer4j-", ".onnx");
    ModelBuilder sizes = MultimodalModel.builder().inputs(WIDTHS);
    if (preset.equals("robust")) {
      sizes.fusion(Fusion.additive(2)).pooling(Pooling.ATTENTION);
    }
    try (MultimodalModel model = sizes.build();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OnnxFile.write(model, file);
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      session = environment.createSession(file.toString(), options);
    } finally {
      Files.delete(file);
    }
    SeedStream noise = new Seeds(1).stream("noise");
    long[] lengths = new long[rows];
    Arrays.fill(lengths, steps);
    for (Modality modality : WIDTHS.modalities()) {
      long[] shape = {rows, steps, WIDTHS.get(modality)};
      FloatBuffer values = values(rows * steps * WIDTHS.get(modality), noise);
      inputs.put(modality.key(), OnnxTensor.createTensor(environment, values, shape));
      inputs.put(modality.key() + "_length", OnnxTensor.createTensor(environment, lengths));
    }
  }

  private static FloatBuffer values(int count, SeedStream noise) {
    FloatBuffer values =
        ByteBuffer.allocateDirect(count * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < count; i++) {
      values.put(i, (float) noise.nextGaussian());
    }
    return values;
  }

  @TearDown
  public void close() throws OrtException {
    inputs.values().forEach(OnnxTensor::close);
    session.close();
  }

  /** Runs the model and returns the probabilities. */
  @Benchmark
  public Object inference() throws OrtException {
    try (OrtSession.Result result = session.run(inputs)) {
      return result.get("probabilities").orElseThrow().getValue();
    }
  }
}
