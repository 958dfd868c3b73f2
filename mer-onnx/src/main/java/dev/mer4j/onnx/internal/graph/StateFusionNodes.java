package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.onnx.internal.graph.EncoderNodes.Encoded;
import java.util.ArrayList;
import java.util.List;

/** The nodes of concatenation and attention; see {@link dev.mer4j.core.fusion.Fusion}. */
record StateFusionNodes(
    GraphBuilder graph, ParameterConstants parameters, HeadShape shape, List<Encoded> encoded) {
  /** The output of attention. */
  static final String ATTENTION = "attention";

  /** Returns the concatenated states [B, M·2H]. */
  String concatenation() {
    return graph.node(
        "fusion/states",
        "Concat",
        encoded.stream().map(Encoded::state).toList(),
        Attributes.of("axis", 1));
  }

  /**
   * Returns the concatenated states, each multiplied by M and its attention weight [B, M·2H].
   *
   * @param present [B, M]
   */
  String attention(String present) {
    String weights = weights(present);
    String column = graph.reshape(ATTENTION + "/column", weights, -1, encoded.size(), 1);
    String factor = graph.constant(ATTENTION + "/modalities", new float[] {encoded.size()});
    String factors = graph.node(ATTENTION + "/factors", "Mul", List.of(column, factor));
    String states =
        graph.reshape("fusion/state_rows", concatenation(), -1, encoded.size(), shape.stateWidth());
    String scaled = graph.node(ATTENTION + "/scaled", "Mul", List.of(states, factors));
    return graph.reshape(ATTENTION + "/states", scaled, -1, shape.fusedWidth());
  }

  /** Returns the softmax of the scores over the present modalities [B, M]. */
  private String weights(String present) {
    List<String> scores = new ArrayList<>();
    String score = parameters.add(HeadParameters.SCORE_WEIGHT);
    String vector =
        graph.node(
            ATTENTION + "/score_column",
            "Transpose",
            List.of(score),
            Attributes.of("perm", new long[] {1, 0}));
    PerceptronNodes layers = new PerceptronNodes(graph, parameters);
    for (Encoded each : encoded) {
      String prefix = ATTENTION + "/" + each.modality().key();
      String linear =
          layers.linear(
              prefix + "/key",
              each.state(),
              HeadParameters.keyWeight(each.modality()),
              HeadParameters.keyBias(each.modality()));
      String tanh = graph.node(prefix + "/key_tanh", "Tanh", List.of(linear));
      scores.add(graph.node(prefix + "/score", "MatMul", List.of(tanh, vector)));
    }
    String all = graph.node(ATTENTION + "/scores", "Concat", scores, Attributes.of("axis", 1));
    return new SoftmaxNodes(graph).add(ATTENTION, present, all);
  }
}
