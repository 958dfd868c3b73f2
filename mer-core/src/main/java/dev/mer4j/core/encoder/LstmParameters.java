package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;

/**
 * The parameters of one direction of one encoder; names, shapes and gate order (i, f, g, o) are
 * those of PyTorch's {@code nn.LSTM}.
 *
 * @param inputWeights [4H, D]
 * @param recurrentWeights [4H, H]
 * @param inputBias [4H]
 * @param recurrentBias [4H]; the gates use the sum of both biases
 */
public record LstmParameters(
    ParameterView inputWeights,
    ParameterView recurrentWeights,
    ParameterView inputBias,
    ParameterView recurrentBias) {

  /** Adds the tensors of both directions of a modality's encoder to a layout. */
  public static void declare(Parameters.Layout layout, Modality modality, int inputs, int hidden) {
    for (Direction direction : Direction.values()) {
      layout
          .add(name(modality, "weight_ih", direction), 4 * hidden, inputs)
          .add(name(modality, "weight_hh", direction), 4 * hidden, hidden)
          .add(name(modality, "bias_ih", direction), 4 * hidden)
          .add(name(modality, "bias_hh", direction), 4 * hidden);
    }
  }

  public static LstmParameters of(Parameters parameters, Modality modality, Direction direction) {
    return new LstmParameters(
        parameters.view(name(modality, "weight_ih", direction)),
        parameters.view(name(modality, "weight_hh", direction)),
        parameters.view(name(modality, "bias_ih", direction)),
        parameters.view(name(modality, "bias_hh", direction)));
  }

  private static String name(Modality modality, String tensor, Direction direction) {
    return "encoders." + modality.key() + "." + tensor + "_l0" + direction.suffix();
  }

  /** Returns D. */
  public int inputs() {
    return inputWeights.shape().get(1);
  }

  /** Returns H. */
  public int hidden() {
    return recurrentWeights.shape().get(1);
  }
}
