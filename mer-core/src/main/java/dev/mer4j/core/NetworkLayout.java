package dev.mer4j.core;

import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.seed.Seeds;

/** The head's shape and the parameters' layout of a configuration. */
final class NetworkLayout {
  private NetworkLayout() {}

  static HeadShape head(ModelConfig config) {
    return new HeadShape(
        config.inputs().modalities(),
        config.encoders().stateWidth(),
        config.fusion(),
        new HeadShape.HiddenLayer(config.headHidden(), config.headDropout()),
        config.labels().task(),
        config.labels().classCount());
  }

  /**
   * Returns the names and shapes of all parameters of the model.
   *
   * @throws dev.mer4j.ConfigException if the parameters exceed an array
   */
  static Parameters.Layout of(ModelConfig config) {
    Parameters.Layout layout = new Parameters.Layout();
    config
        .inputs()
        .forEach(
            (modality, width) -> LstmParameters.declare(layout, modality, width, config.hidden()));
    if (config.pooling() == Pooling.ATTENTION) {
      config
          .inputs()
          .modalities()
          .forEach(modality -> PoolingParameters.declare(layout, modality, config.hidden()));
    }
    HeadParameters.declare(layout, head(config));
    return layout;
  }

  /** Returns new parameters of the model, initialized from the seed; those of the pooling are 0. */
  static Parameters initialize(ModelConfig config, Seeds seeds) {
    Parameters parameters = of(config).allocate();
    Initialization initialization = new Initialization(seeds);
    for (ParameterView view : parameters.views()) {
      if (view.name().startsWith("encoders.")) {
        initialization.uniform(parameters, view.name(), config.hidden());
      }
    }
    HeadParameters.initialize(initialization, parameters);
    return parameters;
  }
}
