package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.train.Preset;
import dev.mer4j.train.TrainerConfig;
import java.util.List;

/**
 * The complete configuration of a training run, except the data.
 *
 * @param backend the name of the backend, or {@code best} for the fastest available one that
 *     supports the model
 */
record RunConfig(ModelConfig model, TrainerConfig training, String backend) {
  private static final String BEST = "best";

  /**
   * Returns a preset on the fastest available backend that supports it.
   *
   * @param widths D of every modality of the data
   * @param labels of the data
   */
  static RunConfig of(Preset preset, PerModality<Integer> widths, List<Emotion> labels) {
    return new RunConfig(preset.model(widths, labels), preset.trainer(), BEST);
  }

  RunConfig with(TrainerConfig other) {
    return new RunConfig(model, other, backend);
  }

  RunConfig with(Pooling pooling) {
    return new RunConfig(model.toBuilder().pooling(pooling).build(), training, backend);
  }

  RunConfig with(Fusion fusion) {
    return new RunConfig(model.toBuilder().fusion(fusion).build(), training, backend);
  }

  /**
   * Returns this configuration with another rule for ties.
   *
   * @throws ConfigException if the model predicts several emotions at once
   */
  RunConfig with(TieRule ties) {
    if (model.labels().task() != Task.SINGLE_LABEL) {
      throw new ConfigException(
          "--ties applies to single-label models, such as --preset paper; this model is"
              + " multi-label");
    }
    LabelSet labels =
        new LabelSet(model.labels().labels(), Task.SINGLE_LABEL, model.labels().threshold(), ties);
    return new RunConfig(model.toBuilder().labels(labels).build(), training, backend);
  }

  RunConfig withBackend(String name) {
    return new RunConfig(model, training, name);
  }

  /**
   * Resolves {@code best} to a backend, or checks that the named one is available.
   *
   * @throws ConfigException if the backend is unavailable or does not support the model
   */
  RunConfig resolved() {
    Backend runs = backend.equals(BEST) ? Backends.best(model.encoders()) : Backends.named(backend);
    return withBackend(runs.name());
  }

  /** Creates the model, with parameters initialized from the seed. */
  MultimodalModel newModel() {
    return MultimodalModel.builder().config(model).seed(training.seed()).backend(backend).build();
  }
}
