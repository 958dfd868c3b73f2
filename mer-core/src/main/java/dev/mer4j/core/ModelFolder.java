package dev.mer4j.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.TrainedBackend;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.internal.io.Tensor;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;

/** Saves a model to a folder and loads it. */
final class ModelFolder {
  /** The name prefix of tensors that only mer4j writes. */
  static final String STANDARDIZATION = "standardization.";

  /** The name prefix of the means of the terms of additive fusion; not every model has them. */
  static final String TERM_MEANS = "term_means.";

  static final String CONFIG = "config.json";
  static final String TENSORS = "model.safetensors";
  static final String PROVENANCE = "provenance.json";

  private ModelFolder() {}

  /**
   * The content of {@code config.json}.
   *
   * @param format the version of the file format
   * @param temperatures those of {@link Temperatures#perEmotion}; empty if unknown, as in files of
   *     older versions
   * @param temperaturesBySet those of {@link Temperatures#bySet}
   * @param parameters the SHA-256 of the parameters in format 1; empty in later formats
   * @param backend the backend that the model was trained on; empty in files of older versions
   * @param function the function that this backend computes; empty in files of older versions
   */
  record Contents(
      int format,
      ModelConfig model,
      Thresholds thresholds,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
          List<Double> temperatures,
      @JsonInclude(JsonInclude.Include.NON_EMPTY)
          @JsonSetter(nulls = Nulls.AS_EMPTY)
          @JsonDeserialize(keyUsing = ModalitySetKey.class)
          Map<ModalitySet, List<Double>> temperaturesBySet,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
          String parameters,
      @JsonSetter(nulls = Nulls.AS_EMPTY) String backend,
      @JsonSetter(nulls = Nulls.AS_EMPTY) String function) {
    /** The current format, with a {@link ModelDigest}. */
    static final int FORMAT = 2;

    /** The former format, with only a digest of the parameters. */
    static final int OLD_FORMAT = 1;

    TrainedBackend trainedBackend() {
      return new TrainedBackend(backend, function);
    }

    boolean isOld() {
      return format == OLD_FORMAT;
    }
  }

  static void save(MultimodalModel model, Path folder, Provenance provenance) {
    ModelOutputs.of(folder).forEach(OutputFile::require);
    List<Tensor> tensors = new ArrayList<>();
    for (ParameterView view : model.parameters().views()) {
      tensors.add(new Tensor(view.name(), view.shape(), model.parameters().copyOf(view.name())));
    }
    for (Modality modality : model.config().inputs().modalities()) {
      Standardization.Columns columns = model.standardization().of(modality);
      tensors.add(vector(mean(modality), columns.mean()));
      tensors.add(vector(scale(modality), columns.scale()));
    }
    model
        .termMeans()
        .values()
        .forEach((term, means) -> tensors.add(vector(TERM_MEANS + term, doubles(means))));
    Safetensors.write(ModelOutputs.tensors(folder), tensors);
    ModelFile.write(folder.resolve(PROVENANCE), provenance.withDefault("backend", model.backend()));
    ModelFile.write(
        folder.resolve(CONFIG),
        new Contents(
            Contents.FORMAT,
            model.config(),
            model.thresholds(),
            model.temperatures().map(Temperatures::perEmotion).orElse(List.of()),
            model.temperatures().map(Temperatures::bySet).orElse(Map.of()),
            "",
            model.trainedBackend().name(),
            model.trainedBackend().function()));
    new ModelDigest(folder).write();
  }

  static MultimodalModel load(
      Path folder, BiFunction<EncoderShape, TrainedBackend, Backend> backends) {
    Path configFile = folder.resolve(CONFIG);
    Contents contents = contents(configFile);
    ModelDigest digest = new ModelDigest(folder);
    if (!contents.isOld() || digest.exists()) {
      digest.check();
    }
    return model(configFile, contents, folder.resolve(TENSORS), backends);
  }

  /**
   * Reads a configuration.
   *
   * @throws FileException if it cannot be read, or another version of mer4j wrote it
   */
  static Contents contents(Path configFile) {
    Contents contents = ModelFile.read(configFile, Contents.class);
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

  /** Makes the model of a configuration, with the tensors of a file. */
  static MultimodalModel model(
      Path configFile,
      Contents contents,
      Path tensorFile,
      BiFunction<EncoderShape, TrainedBackend, Backend> backends) {
    Map<String, Tensor> tensors = Safetensors.read(tensorFile);
    Parameters parameters = parameters(configFile, contents.model(), tensorFile, tensors);
    if (contents.isOld() && !parameters.sha256().equals(contents.parameters())) {
      throw new FileException(
          tensorFile,
          "the SHA-256 of its parameters differs from the one in config.json; restore both files from the same model");
    }
    Standardization standardization = standardization(contents.model(), tensorFile, tensors);
    TermMeans termMeans = termMeans(contents.model(), tensorFile, tensors);
    Backend backend = backends.apply(contents.model().encoders(), contents.trainedBackend());
    MultimodalModel model = new MultimodalModel(contents.model(), backend, parameters);
    model.setStandardization(standardization);
    model.setTermMeans(termMeans);
    try {
      model.setThresholds(contents.thresholds().completedFor(contents.model().labels()));
      if (!contents.temperatures().isEmpty()) {
        model.setTemperatures(
            new Temperatures(contents.temperatures(), contents.temperaturesBySet()));
      }
    } catch (ConfigException e) {
      model.close();
      throw new FileException(configFile, String.valueOf(e.getMessage()), e);
    }
    try {
      model.warmUp();
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  /** Allocates nothing until every tensor is known to be in the file with the right shape. */
  static Parameters parameters(
      Path configFile, ModelConfig config, Path tensorFile, Map<String, Tensor> tensors) {
    Parameters.Layout layout;
    try {
      layout = NetworkLayout.of(config);
    } catch (ConfigException e) {
      throw new FileException(configFile, String.valueOf(e.getMessage()), e);
    }
    layout.views().forEach(view -> find(tensorFile, tensors, view.name(), view.shape()));
    Parameters parameters = layout.allocate();
    for (ParameterView view : parameters.views()) {
      parameters.set(view.name(), find(tensorFile, tensors, view.name(), view.shape()).values());
    }
    return parameters;
  }

  static Standardization standardization(
      ModelConfig config, Path tensorFile, Map<String, Tensor> tensors) {
    try {
      return new Standardization(
          PerModality.of(
              config.inputs().modalities(),
              modality -> {
                List<Integer> shape = List.of(config.inputs().get(modality));
                return new Standardization.Columns(
                    doubles(find(tensorFile, tensors, mean(modality), shape)),
                    doubles(find(tensorFile, tensors, scale(modality), shape)));
              }));
    } catch (FileException e) {
      throw e;
    } catch (MerException e) {
      throw new FileException(tensorFile, String.valueOf(e.getMessage()), e);
    }
  }

  private static TermMeans termMeans(
      ModelConfig config, Path tensorFile, Map<String, Tensor> tensors) {
    Map<ModalitySet, List<Double>> means = new LinkedHashMap<>();
    List<Integer> shape = List.of(config.labels().classCount());
    for (ModalitySet term : config.head().terms()) {
      String name = TERM_MEANS + term;
      if (tensors.containsKey(name)) {
        double[] values = doubles(find(tensorFile, tensors, name, shape));
        means.put(term, DoubleStream.of(values).boxed().toList());
      }
    }
    try {
      return new TermMeans(means);
    } catch (ConfigException e) {
      throw new FileException(tensorFile, String.valueOf(e.getMessage()), e);
    }
  }

  private static Tensor find(
      Path file, Map<String, Tensor> tensors, String name, List<Integer> shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null || !tensor.shape().equals(shape)) {
      String found = tensor == null ? "none" : tensor.shape().toString();
      throw new FileException(
          file, "tensor " + name + ": expected shape " + shape + ", found " + found);
    }
    return tensor;
  }

  private static Tensor vector(String name, double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return new Tensor(name, List.of(values.length), floats);
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[tensor.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.values()[i];
    }
    return values;
  }

  static String mean(Modality modality) {
    return STANDARDIZATION + modality.key() + ".mean";
  }

  static String scale(Modality modality) {
    return STANDARDIZATION + modality.key() + ".scale";
  }
}
