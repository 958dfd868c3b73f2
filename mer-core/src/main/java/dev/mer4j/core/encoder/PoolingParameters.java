package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;

/**
 * The parameters of {@link Pooling#ATTENTION}: v [1, 2H] of each modality, the weight of an {@code
 * nn.Linear} without bias in a PyTorch {@code ModuleDict} named {@code pooling}. They are zero
 * before training.
 */
public final class PoolingParameters {
  private PoolingParameters() {}

  /** Adds the tensor of a modality to a layout. */
  public static void declare(Parameters.Layout layout, Modality modality, int hidden) {
    layout.add(name(modality), 1, 2 * hidden);
  }

  /**
   * Returns v of a modality.
   *
   * @throws dev.mer4j.MerException if the parameters are of {@link Pooling#LAST}
   */
  public static ParameterView of(Parameters parameters, Modality modality) {
    return parameters.view(name(modality));
  }

  /** Returns the pooling of encoders with these parameters. */
  static Pooling pooling(Parameters parameters, Modality modality) {
    return parameters.views().stream().anyMatch(view -> view.name().equals(name(modality)))
        ? Pooling.ATTENTION
        : Pooling.LAST;
  }

  private static String name(Modality modality) {
    return "pooling." + modality.key() + ".weight";
  }
}
