package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.fusion.HeadParameters;
import java.util.List;

/** The nodes of perceptrons: linear layer, ReLU, linear layer. */
record PerceptronNodes(GraphBuilder graph, ParameterConstants parameters) {
  /**
   * Adds a perceptron of {@link HeadParameters}.
   *
   * @param input [B, N]
   * @return the output [B, C]
   */
  String add(String name, String input) {
    String hidden =
        linear(
            name + "/hidden",
            input,
            HeadParameters.hiddenWeight(name),
            HeadParameters.hiddenBias(name));
    String units = graph.node(name + "/units", "Relu", List.of(hidden));
    return linear(
        name + "/output",
        units,
        HeadParameters.outputWeight(name),
        HeadParameters.outputBias(name));
  }

  /** Adds {@code x·Wᵀ + b} with the parameters W and b. */
  String linear(String output, String input, String weight, String bias) {
    return graph.node(
        output,
        "Gemm",
        List.of(input, parameters.add(weight), parameters.add(bias)),
        Attributes.of("transB", 1));
  }
}
