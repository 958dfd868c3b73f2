package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.batch.Standardization;
import java.nio.file.Path;

/** Reads models from single files of tensors. */
public final class ModelImport {
  private ModelImport() {}

  /**
   * Reads the two files of an exported model: copies of {@code model.safetensors} and {@code
   * config.json} of a model folder.
   *
   * @throws FileException if a file is missing, corrupt or inconsistent with the other, or has a
   *     value that is not finite
   * @throws ConfigException if no backend that computes the model's function is available
   */
  public static MultimodalModel exported(Path tensors, Path config) {
    return ModelLoader.load(config, tensors);
  }

  /**
   * Reads a state dict of PyTorch. The names and shapes of its tensors are those of {@code
   * LstmParameters}, {@code PoolingParameters} and {@code HeadParameters}; a prefix of all names,
   * such as {@code module.} of DataParallel, is ignored. States of modalities are concatenated in
   * the order of {@code config.inputs()}. It may also have the standardization of each modality as
   * {@code standardization.text.mean} and {@code standardization.text.scale}, [D] each. The
   * thresholds are one half.
   *
   * @param tensors a {@code .safetensors} file of float32 tensors
   * @throws FileException if the file cannot be read, lacks a tensor of the configuration, has one
   *     that is not part of it, or a value that is not finite
   * @throws ConfigException if the parameters exceed an array
   */
  public static MultimodalModel stateDict(Path tensors, ModelConfig config) {
    ModelTensors found = new StateDict(tensors, config).read();
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
}
