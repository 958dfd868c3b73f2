package dev.mer4j.onnx.internal.graph;

import java.util.List;

/**
 * Nodes that compare the steps of a sequence with lengths.
 *
 * @param prefix the prefix of their names
 */
record StepMask(GraphBuilder graph, String prefix) {
  /**
   * Returns whether each step is before the row's length [T, B].
   *
   * @param sequence [T, …]
   * @param length [B], 64-bit integers
   */
  String timeFirst(String sequence, String length) {
    String column = graph.reshape(prefix + "/step_column", indices(sequence), -1, 1);
    return graph.node(prefix + "/before_length", "Less", List.of(column, length));
  }

  /** Returns the steps' indices [1, T]; operator set 9 has no Range. */
  private String indices(String sequence) {
    String shape = graph.node(prefix + "/sequence_shape", "Shape", List.of(sequence));
    String axis = graph.constant(prefix + "/time_axis", new long[] {0}, 1);
    String count = graph.node(prefix + "/sequence_steps", "Gather", List.of(shape, axis));
    String ones =
        graph.node(
            prefix + "/ones", "ConstantOfShape", List.of(count), Attributes.ofValue("value", 1));
    return graph.node(prefix + "/step_indices", "NonZero", List.of(ones));
  }
}
