package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.data.Modality;
import java.util.List;

/**
 * The nodes of attention pooling over steps; see {@link dev.mer4j.core.encoder.AttentionPooling}.
 *
 * @param width 2H
 */
record PoolingNodes(GraphBuilder graph, ParameterConstants parameters, int width) {
  /**
   * Adds the pooling of a modality.
   *
   * @param hidden the states after each step [T, 2, B, H]
   * @param included whether the row has a step [T, B], at least one
   * @return the weighted mean of the states [B, 2H]
   */
  String add(Modality modality, String hidden, String included) {
    String prefix = "pooling/" + modality.key();
    String parameter = PoolingParameters.of(parameters.parameters(), modality).name();
    String vector = graph.reshape(prefix + "/vector", parameters.add(parameter), -1, 1);
    String rows =
        graph.node(
            prefix + "/rows",
            "Transpose",
            List.of(hidden),
            Attributes.of("perm", new long[] {2, 0, 1, 3}));
    String states = graph.reshape(prefix + "/states", rows, 0, 0, width);
    String products = graph.node(prefix + "/products", "MatMul", List.of(states, vector));
    String scores = graph.reshape(prefix + "/scores", products, 0, -1);
    String own =
        graph.node(
            prefix + "/included",
            "Transpose",
            List.of(included),
            Attributes.of("perm", new long[] {1, 0}));
    String weights = new SoftmaxNodes(graph).add(prefix + "/weights", own, scores);
    String row = graph.reshape(prefix + "/weight_row", weights, 0, 1, -1);
    String mean = graph.node(prefix + "/mean", "MatMul", List.of(row, states));
    return graph.reshape(prefix + "/pooled", mean, -1, width);
  }
}
