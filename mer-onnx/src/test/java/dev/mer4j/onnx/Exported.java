package dev.mer4j.onnx;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import java.nio.file.Path;
import java.util.List;

/**
 * A model of {@link TestModels}, its file, and a session of ONNX Runtime that runs it. Files remain
 * in {@code target/onnx} for {@code check_onnx.py}.
 *
 * @param name shows the fusion, labels and pooling
 */
record Exported(String name, MultimodalModel model, Path file, RuntimeSession session)
    implements AutoCloseable {
  private static final Path FILES = Path.of("target", "onnx");

  static Exported of(ModelConfig config) {
    String name =
        List.of(
                config.fusion(),
                config.labels().task(),
                config.labels().ties(),
                config.pooling(),
                config.paddedBatch(),
                config.inputs().size())
            .toString()
            .replaceAll("\\W+", "-")
            .substring(1);
    Path file = FILES.resolve(name + ".onnx");
    MultimodalModel model = TestModels.of(config);
    OnnxFile.write(model, file);
    return new Exported(name, model, file, new RuntimeSession(file, model));
  }

  @Override
  public void close() {
    session.close();
    model.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
