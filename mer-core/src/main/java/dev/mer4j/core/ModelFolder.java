package dev.mer4j.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.mer4j.core.encoder.TrainedBackend;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.internal.io.Tensor;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Saves a model to a folder. */
final class ModelFolder {
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
      tensors.add(vector(ModelTensors.mean(modality), columns.mean()));
      tensors.add(vector(ModelTensors.scale(modality), columns.scale()));
    }
    model
        .termMeans()
        .values()
        .forEach(
            (term, means) -> tensors.add(vector(ModelTensors.TERM_MEANS + term, doubles(means))));
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
}
