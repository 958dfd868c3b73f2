package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.onnx.internal.proto.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The weights of one modality's encoder as ONNX's LSTM has them: W [2, 4H, D], R [2, 4H, H] and B
 * [2, 8H], each for the forward and the reverse direction.
 */
record EncoderWeights(ModelConfig config, Modality modality) {
  private static final int DIRECTIONS = Direction.values().length;

  /** A tensor of ONNX's LSTM. */
  private enum Weights {
    W,
    R,
    B;

    /** Returns the parameters of a direction that the tensor contains. */
    List<ParameterView> of(LstmParameters direction) {
      return switch (this) {
        case W -> List.of(direction.inputWeights());
        case R -> List.of(direction.recurrentWeights());
        case B -> List.of(direction.inputBias(), direction.recurrentBias());
      };
    }
  }

  private String name(Weights weights) {
    return "encoders." + modality.key() + "." + weights;
  }

  private List<Integer> shape(Weights weights) {
    int gates = 4 * config.hidden();
    return switch (weights) {
      case W -> List.of(DIRECTIONS, gates, config.inputs().get(modality));
      case R -> List.of(DIRECTIONS, gates, config.hidden());
      case B -> List.of(DIRECTIONS, 2 * gates);
    };
  }

  /** Returns whether a tensor of the model is part of an encoder. */
  static boolean contain(ParameterView view) {
    return view.name().startsWith("encoders.");
  }

  /** Adds W, R and B to a graph and returns their names. */
  List<String> addTo(GraphBuilder graph, Parameters parameters) {
    return Stream.of(Weights.values())
        .map(
            weights ->
                graph.constant(
                    name(weights),
                    onnx(weights, parameters),
                    shape(weights).toArray(Integer[]::new)))
        .toList();
  }

  private float[] onnx(Weights weights, Parameters parameters) {
    List<float[]> parts = new ArrayList<>();
    for (ParameterView view : views(weights, parameters)) {
      parts.add(LstmWeights.toOnnx(parameters.copyOf(view.name())));
    }
    return Constants.concatenate(parts);
  }

  private List<ParameterView> views(Weights weights, Parameters parameters) {
    return Stream.of(Direction.values())
        .map(direction -> LstmParameters.of(parameters, modality, direction))
        .flatMap(own -> weights.of(own).stream())
        .toList();
  }

  /**
   * Checks a graph's constants.
   *
   * @throws IllegalArgumentException as {@link Constants#require}
   */
  void requireIn(Map<String, TensorProto> constants) {
    for (Weights weights : Weights.values()) {
      Constants.require(constants, name(weights), shape(weights));
    }
  }

  /** Copies the weights from a graph's constants to the parameters. */
  void copyTo(Parameters parameters, Map<String, TensorProto> constants) {
    for (Weights weights : Weights.values()) {
      float[] values = Constants.find(constants, name(weights), shape(weights));
      List<ParameterView> views = views(weights, parameters);
      List<float[]> parts = Constants.split(values, views.size());
      for (int part = 0; part < parts.size(); part++) {
        float[] gates = LstmWeights.fromOnnx(parts.get(part));
        System.arraycopy(gates, 0, parameters.values(), views.get(part).offset(), gates.length);
      }
    }
  }
}
