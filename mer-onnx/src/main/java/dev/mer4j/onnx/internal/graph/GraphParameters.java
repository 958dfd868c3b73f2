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
import java.util.List;
import java.util.Map;

/** Reads parameters and standardization from a graph of {@link ModelGraph}. */
public final class GraphParameters {
  private final Map<String, TensorProto> constants = new HashMap<>();

  public GraphParameters(GraphProto graph) {
    graph.getInitializerList().forEach(each -> constants.put(each.getName(), each));
  }

  /**
   * Checks that the graph has all constants of a model, so that a model can be allocated.
   *
   * @throws IllegalArgumentException if a constant is missing, or has another type, shape or number
   *     of values
   */
  public void require(ModelConfig config) {
    for (Modality modality : config.inputs().modalities()) {
      new EncoderWeights(config, modality).requireIn(constants);
      List<Integer> shape = List.of(config.inputs().get(modality));
      Constants.require(constants, StandardizationConstants.mean(modality), shape);
      Constants.require(constants, StandardizationConstants.scale(modality), shape);
    }
    for (ParameterView view : config.parameters()) {
      if (!EncoderWeights.contain(view)) {
        Constants.require(constants, view.name(), view.shape());
      }
    }
  }

  /** Copies parameters and standardization to a model of a configuration that was checked. */
  public void copyTo(MultimodalModel model) {
    Parameters parameters = model.parameters();
    for (Modality modality : model.config().inputs().modalities()) {
      new EncoderWeights(model.config(), modality).copyTo(parameters, constants);
    }
    for (ParameterView view : parameters.views()) {
      if (!EncoderWeights.contain(view)) {
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
