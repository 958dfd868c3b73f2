package dev.mer4j.samediff;

import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.parameter.Parameters;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Adds the linear, ReLU, dropout and linear layers of {@link HeadParameters} to a graph.
 *
 * @param name the name of the perceptron
 */
record PerceptronGraph(PrefixedGraph target, Parameters parameters, String name) {
  /**
   * Returns the output [B, C].
   *
   * @param dropout [B, W], the factors of the hidden units
   */
  SDVariable of(SDVariable input, SDVariable dropout) {
    SDVariable hidden =
        linear(
            target,
            parameters,
            input,
            HeadParameters.hiddenWeight(name),
            HeadParameters.hiddenBias(name));
    return linear(
        target,
        parameters,
        target.graph().nn().relu(hidden, 0).mul(dropout),
        HeadParameters.outputWeight(name),
        HeadParameters.outputBias(name));
  }

  /** Returns {@code x·Wᵀ + b}. */
  static SDVariable linear(
      PrefixedGraph target, Parameters parameters, SDVariable input, String weight, String bias) {
    SDVariable transposed = target.graph().transpose(target.variable(parameters.view(weight)));
    return input.mmul(transposed).add(target.variable(parameters.view(bias)));
  }
}
