package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.data.label.LabelScheme.TieRule;
import dev.mer4j.train.Preset;
import dev.mer4j.train.TrainerConfig;

/**
 * All that a training run depends on, besides the data.
 *
 * @param backend the name of the backend that runs the encoders, or {@code best} for the best one
 *     that can run them here
 */
record RunConfig(ModelConfig model, TrainerConfig training, String backend) {
  private static final String BEST = "best";

  /**
   * The preset, on the best backend of this machine that can run it.
   *
   * @param widths D of every modality of the data
   */
  static RunConfig of(Preset preset, PerModality<Integer> widths) {
    return new RunConfig(preset.model(widths), preset.trainer(), BEST);
  }

  RunConfig with(TrainerConfig other) {
    return new RunConfig(model, other, backend);
  }

  RunConfig with(Fusion fusion) {
    ModelConfig other =
        new ModelConfig(
            model.inputs(),
            model.hidden(),
            fusion,
            model.headHidden(),
            model.headDropout(),
            model.labels());
    return new RunConfig(other, training, backend);
  }

  /**
   * Resolves ties in another way.
   *
   * @throws ConfigException if the model predicts several emotions at once
   */
  RunConfig with(TieRule ties) {
    if (model.labels().task() != Task.SINGLE_LABEL) {
      throw new ConfigException(
          "--ties is for a single emotion per segment, as in --preset paper; this model predicts"
              + " several at once");
    }
    ModelConfig other =
        new ModelConfig(
            model.inputs(),
            model.hidden(),
            model.fusion(),
            model.headHidden(),
            model.headDropout(),
            LabelScheme.singleLabel(ties));
    return new RunConfig(other, training, backend);
  }

  RunConfig withBackend(String name) {
    return new RunConfig(model, training, name);
  }

  /**
   * Decides which backend is the best, and that the one named works here.
   *
   * @throws ConfigException if it does not
   */
  RunConfig resolved() {
    Backend runs = backend.equals(BEST) ? Backends.best(model.encoders()) : Backends.named(backend);
    return withBackend(runs.name());
  }

  /** Makes the model, with the first parameters that the seed gives. */
  MultimodalModel newModel() {
    return MultimodalModel.builder().config(model).seed(training.seed()).backend(backend).build();
  }
}
