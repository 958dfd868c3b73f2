package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.onnx.internal.proto.GraphProto;
import dev.mer4j.onnx.internal.proto.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads parameters and standardization from a graph of {@link ModelGraph}. */
public final class GraphParameters {
  private final Map<String, TensorProto> constants = new HashMap<>();

  public GraphParameters(GraphProto graph) {
    graph.getInitializerList().forEach(each -> constants.put(each.getName(), each));
  }

  /**
   * Copies parameters and standardization to a model.
   *
   * @throws IllegalArgumentException if a constant is missing or has another type or shape
   */
  public void copyTo(MultimodalModel model) {
    Parameters parameters = model.parameters();
    Set<String> reordered = new HashSet<>();
    for (Modality modality : model.config().inputs().modalities()) {
      EncoderWeights weights = new EncoderWeights(parameters, modality);
      weights.readFrom(constants);
      reordered.addAll(weights.parameterNames());
    }
    for (ParameterView view : parameters.views()) {
      if (!reordered.contains(view.name())) {
        float[] values = Constants.find(constants, view.name(), view.shape());
        System.arraycopy(values, 0, parameters.values(), view.offset(), values.length);
      }
    }
    model.setStandardization(standardization(model.config()));
  }

  private Standardization standardization(ModelConfig config) {
    return new Standardization(
        PerModality.of(
            config.inputs().modalities(),
            modality -> {
              List<Integer> shape = List.of(config.inputs().get(modality));
              return new Standardization.Columns(
                  doubles(StandardizationConstants.mean(modality), shape),
                  doubles(StandardizationConstants.scale(modality), shape));
            }));
  }

  private double[] doubles(String name, List<Integer> shape) {
    float[] floats = Constants.find(constants, name, shape);
    double[] values = new double[floats.length];
    for (int d = 0; d < values.length; d++) {
      values[d] = floats[d];
    }
    return values;
  }
}
