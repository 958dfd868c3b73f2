package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.ModelFolder.Contents;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.TrainedBackend;
import dev.mer4j.core.internal.cpu.ThreadBudget;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.batch.Standardization;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Loads models that {@link ModelFolder} saved. */
final class ModelLoader {
  private ModelLoader() {}

  /** Loads a model to run on the preferred backend. */
  static MultimodalModel load(Path folder) {
    CodePreloader.start();
    return load(folder, Backends::best);
  }

  /** Loads a model to run on the named backend. */
  static MultimodalModel load(Path folder, String backend) {
    return load(folder, (shape, trained) -> Backends.named(backend, trained));
  }

  /**
   * Loads a model to run on the named or else the preferred backend, with threads for each call.
   */
  static MultimodalModel load(Path folder, @Nullable String backend, int threads) {
    return ThreadBudget.perCall(
        threads, () -> backend == null ? load(folder) : load(folder, backend));
  }

  private static MultimodalModel load(
      Path folder, BiFunction<EncoderShape, TrainedBackend, Backend> backends) {
    Path configFile = folder.resolve(ModelFolder.CONFIG);
    Contents contents = contents(configFile);
    ModelDigest digest = new ModelDigest(folder);
    if (!contents.isOld() || digest.exists()) {
      digest.check();
    }
    ModelTensors tensors = ModelTensors.read(folder.resolve(ModelFolder.TENSORS));
    return model(configFile, contents, tensors, backends);
  }

  /**
   * Loads a model from copies of the two files {@code config.json} and {@code model.safetensors},
   * which have no digest.
   *
   * @throws FileException also if a value is not finite
   */
  static MultimodalModel load(Path configFile, Path tensorFile) {
    Contents contents = contents(configFile);
    ModelTensors tensors = ModelTensors.read(tensorFile);
    tensors.requireFinite();
    return model(configFile, contents, tensors, Backends::best);
  }

  /**
   * Reads the configuration file of a model.
   *
   * @throws FileException if it cannot be read, or another version of mer4j wrote it
   */
  static Contents contents(Path configFile) {
    Contents contents = ModelFile.read(configFile, Contents.class, SavedContents::read);
    if (!contents.isOld() && contents.format() != Contents.FORMAT) {
      throw new FileException(
          configFile,
          String.format(
              Locale.ROOT,
              "format %d, expected %d: written by another version of mer4j",
              contents.format(),
              Contents.FORMAT));
    }
    return contents;
  }

  private static MultimodalModel model(
      Path configFile,
      Contents contents,
      ModelTensors tensors,
      BiFunction<EncoderShape, TrainedBackend, Backend> backends) {
    ModelConfig config = contents.model();
    Parameters parameters = tensors.parameters(layout(configFile, config));
    if (contents.isOld() && !parameters.sha256().equals(contents.parameters())) {
      throw new FileException(
          tensors.file(),
          "the SHA-256 of its parameters differs from the one in config.json; restore both files from the same model");
    }
    Standardization standardization = tensors.standardization(config.inputs());
    TermMeans termMeans = tensors.termMeans(config);
    Backend backend = backends.apply(config.encoders(), contents.trainedBackend());
    MultimodalModel model = new MultimodalModel(config, backend, parameters);
    try {
      model.setStandardization(standardization);
      model.setTermMeans(termMeans);
      setDecisions(model, configFile, contents);
      model.warmUp();
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  /** Returns the layout of a configuration's parameters. */
  static Parameters.Layout layout(Path configFile, ModelConfig config) {
    try {
      return NetworkLayout.of(config);
    } catch (ConfigException e) {
      throw new FileException(configFile, String.valueOf(e.getMessage()), e);
    }
  }

  private static void setDecisions(MultimodalModel model, Path configFile, Contents contents) {
    try {
      model.setThresholds(contents.thresholds().completedFor(contents.model().labels()));
      if (!contents.temperatures().isEmpty()) {
        model.setTemperatures(
            new Temperatures(contents.temperatures(), contents.temperaturesBySet()));
      }
    } catch (ConfigException e) {
      throw new FileException(configFile, String.valueOf(e.getMessage()), e);
    }
  }
}
