package dev.mer4j.onnx.internal.graph;

import java.util.List;

/** The nodes of a softmax over a part of each row. */
record SoftmaxNodes(GraphBuilder graph) {
  /**
   * Adds a softmax.
   *
   * @param output the name of its result
   * @param included [B, N], whether a value is part of the softmax
   * @param scores [B, N]
   * @return weights [B, N], 0 for values that are not part of it, also in rows without any
   */
  String add(String output, String included, String scores) {
    String lowest = graph.constant(output + "/lowest", new float[] {-Float.MAX_VALUE});
    String zero = graph.constant(output + "/zero", new float[] {0});
    String masked = graph.node(output + "/masked", "Where", List.of(included, scores, lowest));
    String shares =
        graph.node(output + "/softmax", "Softmax", List.of(masked), Attributes.of("axis", 1));
    return graph.node(output, "Where", List.of(included, shares, zero));
  }
}
