package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.onnx.internal.proto.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The weights of one modality's encoder as ONNX's LSTM has them: W [2, 4H, D], R [2, 4H, H] and B
 * [2, 8H], the input's and the recurrent bias, each for the forward and the reverse direction.
 */
record EncoderWeights(Parameters parameters, Modality modality) {
  private static final int DIRECTIONS = Direction.values().length;

  /** Returns the names of the parameters that these weights consist of. */
  List<String> parameterNames() {
    return directions()
        .flatMap(
            own ->
                Stream.of(
                    own.inputWeights(),
                    own.recurrentWeights(),
                    own.inputBias(),
                    own.recurrentBias()))
        .map(ParameterView::name)
        .toList();
  }

  private Stream<LstmParameters> directions() {
    return Stream.of(Direction.values())
        .map(direction -> LstmParameters.of(parameters, modality, direction));
  }

  private String name(String weights) {
    return "encoders." + modality.key() + "." + weights;
  }

  /** Adds W, R and B to a graph and returns their names. */
  List<String> addTo(GraphBuilder graph) {
    LstmParameters first = LstmParameters.of(parameters, modality, Direction.FORWARD);
    int gates = 4 * first.hidden();
    return List.of(
        graph.constant(
            name("W"), onnx(LstmParameters::inputWeights), DIRECTIONS, gates, first.inputs()),
        graph.constant(
            name("R"), onnx(LstmParameters::recurrentWeights), DIRECTIONS, gates, first.hidden()),
        graph.constant(
            name("B"),
            onnx(LstmParameters::inputBias, LstmParameters::recurrentBias),
            DIRECTIONS,
            2 * gates));
  }

  @SafeVarargs
  private float[] onnx(Function<LstmParameters, ParameterView>... views) {
    List<float[]> parts = new ArrayList<>();
    directions()
        .forEach(
            own -> {
              for (Function<LstmParameters, ParameterView> view : views) {
                parts.add(LstmWeights.toOnnx(parameters.copyOf(view.apply(own).name())));
              }
            });
    return Constants.concatenate(parts);
  }

  /**
   * Copies the weights from a graph's constants to the parameters.
   *
   * @throws IllegalArgumentException if one is missing or has another type or shape
   */
  void readFrom(Map<String, TensorProto> constants) {
    LstmParameters first = LstmParameters.of(parameters, modality, Direction.FORWARD);
    int gates = 4 * first.hidden();
    read(constants, "W", List.of(DIRECTIONS, gates, first.inputs()), LstmParameters::inputWeights);
    read(
        constants,
        "R",
        List.of(DIRECTIONS, gates, first.hidden()),
        LstmParameters::recurrentWeights);
    read(
        constants,
        "B",
        List.of(DIRECTIONS, 2 * gates),
        LstmParameters::inputBias,
        LstmParameters::recurrentBias);
  }

  @SafeVarargs
  private void read(
      Map<String, TensorProto> constants,
      String weights,
      List<Integer> shape,
      Function<LstmParameters, ParameterView>... views) {
    float[] values = Constants.find(constants, name(weights), shape);
    List<float[]> parts = Constants.split(values, DIRECTIONS * views.length);
    int part = 0;
    for (LstmParameters own : directions().toList()) {
      for (Function<LstmParameters, ParameterView> view : views) {
        float[] gates = LstmWeights.fromOnnx(parts.get(part++));
        System.arraycopy(gates, 0, parameters.values(), view.apply(own).offset(), gates.length);
      }
    }
  }
}
