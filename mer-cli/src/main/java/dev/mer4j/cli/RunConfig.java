package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.EncoderEngines;
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
 * @param engine the name of the engine that runs the encoders, or {@code best} for the best one
 *     that can run them here
 */
record RunConfig(ModelConfig model, TrainerConfig training, String engine) {
  private static final String BEST = "best";

  /**
   * The preset, on the best engine of this machine that can run it.
   *
   * @param widths D of every modality of the data
   */
  static RunConfig of(Preset preset, PerModality<Integer> widths) {
    return new RunConfig(preset.model(widths), preset.trainer(), BEST);
  }

  RunConfig with(TrainerConfig other) {
    return new RunConfig(model, other, engine);
  }

  RunConfig with(Fusion fusion) {
    ModelConfig other =
        new ModelConfig(
            model.inputs(),
            model.hidden(),
            fusion,
            model.headWidth(),
            model.headDropout(),
            model.labels());
    return new RunConfig(other, training, engine);
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
            model.headWidth(),
            model.headDropout(),
            LabelScheme.singleLabel(ties));
    return new RunConfig(other, training, engine);
  }

  RunConfig onEngine(String name) {
    return new RunConfig(model, training, name);
  }

  /**
   * Decides which engine is the best, and that the one named works here.
   *
   * @throws ConfigException if it does not
   */
  RunConfig resolved() {
    EncoderEngine runs =
        engine.equals(BEST) ? EncoderEngines.best(model.encoders()) : EncoderEngines.named(engine);
    return onEngine(runs.name());
  }

  /** Makes the model, with the first parameters that the seed gives. */
  MultimodalModel newModel() {
    return MultimodalModel.builder().config(model).seed(training.seed()).engine(engine).build();
  }
}
