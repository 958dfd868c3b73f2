package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;

/** Adds a model's parameters to a graph as constants of the same names. */
record ParameterConstants(GraphBuilder graph, Parameters parameters) {
  /** Adds a parameter and returns its name. */
  String add(String name) {
    ParameterView view = parameters.view(name);
    return graph.constant(name, parameters.copyOf(name), view.shape().toArray(Integer[]::new));
  }
}
