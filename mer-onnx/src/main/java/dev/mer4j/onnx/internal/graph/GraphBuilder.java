package dev.mer4j.onnx.internal.graph;

import dev.mer4j.ConfigException;
import dev.mer4j.onnx.internal.proto.AttributeProto;
import dev.mer4j.onnx.internal.proto.GraphProto;
import dev.mer4j.onnx.internal.proto.NodeProto;
import dev.mer4j.onnx.internal.proto.TensorProto;
import dev.mer4j.onnx.internal.proto.TensorShapeProto;
import dev.mer4j.onnx.internal.proto.TypeProto;
import dev.mer4j.onnx.internal.proto.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers inputs, constants, nodes and outputs of a graph. Every value has a name of its own. */
final class GraphBuilder {
  private final GraphProto.Builder graph;
  private final Set<String> names = new HashSet<>();

  GraphBuilder(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  GraphProto build() {
    return graph.build();
  }

  /**
   * Adds an input.
   *
   * @param shape extents, or names of dynamic ones
   * @return its name
   */
  String input(String name, TensorProto.DataType type, List<Object> shape, String description) {
    graph.addInput(value(unique(name), type, shape, description));
    return name;
  }

  /** Declares a value as an output. */
  void output(GraphOutputs.Output output) {
    graph.addOutput(value(output.name(), output.type(), output.extents(), output.description()));
  }

  private static ValueInfoProto value(
      String name, TensorProto.DataType type, List<Object> shape, String description) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (Object extent : shape) {
      if (extent instanceof Integer size) {
        dimensions.addDimBuilder().setDimValue(size);
      } else {
        dimensions.addDimBuilder().setDimParam(extent.toString());
      }
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .setDocString(description)
        .build();
  }

  /** Adds a constant and returns its name. */
  String constant(String name, float[] values, Integer... shape) {
    graph.addInitializer(Constants.of(unique(name), values, List.of(shape)));
    return name;
  }

  /** Adds a constant and returns its name. */
  String constant(String name, double[] values, Integer... shape) {
    graph.addInitializer(Constants.of(unique(name), values, List.of(shape)));
    return name;
  }

  /** Adds a constant and returns its name. */
  String constant(String name, long[] values, Integer... shape) {
    graph.addInitializer(Constants.of(unique(name), values, List.of(shape)));
    return name;
  }

  /**
   * Adds a node with one output and returns the output's name.
   *
   * @param inputs names of values
   */
  String node(String output, String operator, List<String> inputs, AttributeProto... attributes) {
    return node(List.of(output), operator, inputs, attributes).get(0);
  }

  /**
   * Adds a node and returns the names of its outputs.
   *
   * @param outputs names; empty for an optional output that is not used
   * @param inputs names of values; empty for an optional input that is not given
   */
  List<String> node(
      List<String> outputs, String operator, List<String> inputs, AttributeProto... attributes) {
    List<String> used = outputs.stream().filter(name -> !name.isEmpty()).toList();
    used.forEach(this::unique);
    graph.addNode(
        NodeProto.newBuilder()
            .setName(used.get(0))
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
    return used;
  }

  /** Adds a node that converts a value to another type. */
  String cast(String output, String input, TensorProto.DataType type) {
    return node(output, "Cast", List.of(input), Attributes.of("to", type.getNumber()));
  }

  /** Adds a node that changes the shape of a value; 0 keeps an extent, -1 computes it. */
  String reshape(String output, String input, long... shape) {
    String extents = constant(output + "/shape", shape, shape.length);
    return node(output, "Reshape", List.of(input, extents));
  }

  /** Returns whether a value has this name. */
  boolean has(String name) {
    return names.contains(name);
  }

  private String unique(String name) {
    if (!names.add(name)) {
      throw new ConfigException(
          "two values of the ONNX graph would be named '" + name + "'; rename the modality");
    }
    return name;
  }
}
