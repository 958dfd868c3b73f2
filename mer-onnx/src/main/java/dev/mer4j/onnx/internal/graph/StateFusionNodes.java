package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.onnx.internal.graph.EncoderNodes.Encoded;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of concatenation and both forms of attention; see {@link dev.mer4j.core.fusion.Fusion}.
 */
record StateFusionNodes(
    GraphBuilder graph, ParameterConstants parameters, HeadShape shape, List<Encoded> encoded) {
  /** The output of attention. */
  static final String ATTENTION = "attention";

  /** Returns the concatenated states [B, M·E]. */
  String concatenation() {
    return graph.node(
        "fusion/states",
        "Concat",
        encoded.stream().map(Encoded::state).toList(),
        Attributes.of("axis", 1));
  }

  /** Returns the states [B, M, E]. */
  private String stateRows() {
    return graph.reshape(
        "fusion/state_rows", concatenation(), -1, encoded.size(), shape.stateWidth());
  }

  /**
   * Returns the concatenated states, each multiplied by M and its attention weight [B, M·E].
   *
   * @param present [B, M]
   */
  String attention(String present) {
    String weights = new SoftmaxNodes(graph).add(ATTENTION, present, keyScores());
    String column = graph.reshape("fusion/attention_column", weights, -1, encoded.size(), 1);
    String count = graph.constant("fusion/modalities", new float[] {encoded.size()});
    String factors = graph.node("fusion/factors", "Mul", List.of(column, count));
    String scaled = graph.node("fusion/scaled", "Mul", List.of(stateRows(), factors));
    return graph.reshape("fusion/fused", scaled, -1, shape.fusedWidth());
  }

  /**
   * Returns the sum of the states, weighted by attention [B, E].
   *
   * @param present [B, M]
   */
  String attentionSum(String present) {
    String states = stateRows();
    String products = graph.node("fusion/products", "MatMul", List.of(states, scoreColumn()));
    String scores = graph.reshape("fusion/scores", products, -1, encoded.size());
    String weights = new SoftmaxNodes(graph).add(ATTENTION, present, scores);
    String row = graph.reshape("fusion/attention_row", weights, -1, 1, encoded.size());
    String sum = graph.node("fusion/sum", "MatMul", List.of(row, states));
    return graph.reshape("fusion/fused", sum, -1, shape.fusedWidth());
  }

  /** Returns the vector of the scores as a column. */
  private String scoreColumn() {
    return graph.node(
        "fusion/score_column",
        "Transpose",
        List.of(parameters.add(HeadParameters.SCORE_WEIGHT)),
        Attributes.of("perm", new long[] {1, 0}));
  }

  /** Returns the scores of the modalities' keys [B, M]. */
  private String keyScores() {
    List<String> scores = new ArrayList<>();
    String vector = scoreColumn();
    PerceptronNodes layers = new PerceptronNodes(graph, parameters);
    for (Encoded each : encoded) {
      String prefix = "fusion/" + each.modality().key();
      String linear =
          layers.linear(
              prefix + "/key",
              each.state(),
              HeadParameters.keyWeight(each.modality()),
              HeadParameters.keyBias(each.modality()));
      String tanh = graph.node(prefix + "/key_tanh", "Tanh", List.of(linear));
      scores.add(graph.node(prefix + "/score", "MatMul", List.of(tanh, vector)));
    }
    return graph.node("fusion/scores", "Concat", scores, Attributes.of("axis", 1));
  }
}
