package dev.mer4j.samediff;

import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.ParameterView;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMActivations;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDataFormat;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDirectionMode;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMLayerConfig;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMLayerWeights;

/**
 * Adds a bidirectional LSTM over ragged rows to a SameDiff graph.
 *
 * <p>ND4J's {@code lstmLayer} has a sequence-length argument, but its gradient ignores it and is
 * silently wrong for ragged rows. So each direction runs over the full, right-padded length, the
 * reverse one over rows reversed within their lengths. A one-hot placeholder selects each row's
 * last step; a row without steps selects none and has state zero.
 */
public final class LstmGraph {
  private LstmGraph() {}

  /**
   * Adds the encoder; its parameters become variables named as in {@link LstmParameters}.
   *
   * @param forward the parameters of the forward direction
   * @param reverse the parameters of the reverse direction
   * @param input [B, T, D], padded on the right with finite values
   * @param lengths [B], integers
   * @param lastStep [B, T, 1], one at each row's last step, zero elsewhere
   * @return the states [B, 2H]
   */
  public static SDVariable add(
      PrefixedGraph target,
      LstmParameters forward,
      LstmParameters reverse,
      SDVariable input,
      SDVariable lengths,
      SDVariable lastStep) {
    SameDiff graph = target.graph();
    SDVariable reversed = graph.reverseSequence(input, lengths, 1, 0);
    return graph.concat(
        1,
        last(direction(target, forward, input), lastStep),
        last(direction(target, reverse, reversed), lastStep));
  }

  /**
   * Adds the encoder with {@link dev.mer4j.core.encoder.Pooling#ATTENTION}.
   *
   * @param pooling the parameters of the pooling, which become a variable
   * @param steps [B, T], one at the steps of each row, zero elsewhere
   * @return the states [B, 4H]
   */
  public static SDVariable addPooled(
      PrefixedGraph target,
      LstmParameters forward,
      LstmParameters reverse,
      ParameterView pooling,
      SDVariable input,
      SDVariable lengths,
      SDVariable lastStep,
      SDVariable steps) {
    SameDiff graph = target.graph();
    SDVariable ahead = direction(target, forward, input);
    SDVariable back = direction(target, reverse, graph.reverseSequence(input, lengths, 1, 0));
    SDVariable states = graph.concat(2, ahead, graph.reverseSequence(back, lengths, 1, 0));
    SDVariable pooled = PoolingGraph.of(target, pooling, states, steps);
    return graph.concat(1, last(ahead, lastStep), last(back, lastStep), pooled);
  }

  private static SDVariable last(SDVariable outputs, SDVariable lastStep) {
    return outputs.mul(lastStep).sum(1);
  }

  /** Returns the states after each step [B, T, H], in the order of the input. */
  private static SDVariable direction(
      PrefixedGraph target, LstmParameters views, SDVariable input) {
    SameDiff graph = target.graph();
    SDVariable bias =
        target.variable(views.inputBias()).add(target.variable(views.recurrentBias()));
    LSTMLayerWeights weights =
        LSTMLayerWeights.builder()
            .weights(graph.transpose(target.variable(views.inputWeights())))
            .rWeights(graph.transpose(target.variable(views.recurrentWeights())))
            .bias(bias)
            .build();
    LSTMLayerConfig config =
        LSTMLayerConfig.builder()
            .lstmdataformat(LSTMDataFormat.NTS)
            .directionMode(LSTMDirectionMode.FWD)
            .gateAct(LSTMActivations.SIGMOID)
            .cellAct(LSTMActivations.TANH)
            .outAct(LSTMActivations.TANH)
            .retFullSequence(true)
            .retLastC(false)
            .retLastH(false)
            .build();
    return graph.rnn().lstmLayer(input, weights, config)[0];
  }
}
