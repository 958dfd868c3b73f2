package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.batch.Standardization;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Reads models from single files of tensors. */
public final class ModelImport {
  private ModelImport() {}

  /**
   * Reads the two files of an exported model: copies of {@code model.safetensors} and {@code
   * config.json} of a model folder.
   *
   * @throws FileException if a file is missing, corrupt or inconsistent with the other
   * @throws ConfigException if no backend that computes the model's function is available
   */
  public static MultimodalModel exported(Path tensors, Path config) {
    return ModelLoader.load(config, tensors);
  }

  /**
   * Reads a state dict of PyTorch. The names and shapes of its tensors are those of {@code
   * LstmParameters} and {@code HeadParameters}; it may also have the standardization of each
   * modality as {@code standardization.text.mean} and {@code standardization.text.scale}, [D] each.
   * The thresholds are one half.
   *
   * @param tensors a {@code .safetensors} file of float32 tensors
   * @throws FileException if the file cannot be read, lacks a tensor of the configuration, or has
   *     one that is not part of it
   * @throws ConfigException if the parameters exceed an array
   */
  public static MultimodalModel stateDict(Path tensors, ModelConfig config) {
    ModelTensors found = ModelTensors.read(tensors);
    requireNoOthers(found, config);
    Parameters parameters = found.parameters(ModelLoader.layout(tensors, config));
    Standardization standardization =
        found.hasStandardization()
            ? found.standardization(config.inputs())
            : Standardization.identity(config.inputs());
    MultimodalModel model =
        new MultimodalModel(config, Backends.best(config.encoders()), parameters);
    model.setStandardization(standardization);
    return model;
  }

  private static void requireNoOthers(ModelTensors found, ModelConfig config) {
    Set<String> others = new HashSet<>(found.names());
    config.parameters().stream().map(ParameterView::name).forEach(others::remove);
    for (Modality modality : config.inputs().modalities()) {
      others.remove(ModelTensors.mean(modality));
      others.remove(ModelTensors.scale(modality));
    }
    if (!others.isEmpty()) {
      throw new FileException(
          found.file(),
          "has tensors that the configured model does not: "
              + String.join(", ", others.stream().sorted().toList()));
    }
  }
}
