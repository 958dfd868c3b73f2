package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.onnx.internal.proto.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;

/** The outputs of a model's graph. */
public record GraphOutputs(MultimodalModel model) {
  /**
   * An output.
   *
   * @param shape extents after the batch axis
   */
  public record Output(String name, DataType type, List<Integer> shape, String description) {
    public Output {
      shape = List.copyOf(shape);
    }

    /** Returns the extents, with B for the batch. */
    List<Object> extents() {
      List<Object> extents = new ArrayList<>();
      extents.add("B");
      extents.addAll(shape);
      return extents;
    }
  }

  /** Returns the outputs in their order. */
  public List<Output> list() {
    HeadShape shape = model.config().head();
    Fusion fusion = model.config().fusion();
    int classes = shape.classes();
    List<Output> outputs = new ArrayList<>();
    outputs.add(
        new Output(
            DecisionNodes.PROBABILITIES,
            DataType.FLOAT,
            List.of(classes),
            "Probability of each class, in the order of the metadata's labels."));
    outputs.add(
        new Output(
            DecisionNodes.DECISIONS,
            DataType.BOOL,
            List.of(classes),
            "Whether each class is predicted, by the thresholds of the row's modalities: in the"
                + " multi-label task those at or above them, in the single-label task the class"
                + " with the highest ratio of probability to threshold."));
    if (model.temperatures().isPresent()) {
      outputs.add(
          new Output(
              CalibrationNodes.CALIBRATED,
              DataType.FLOAT,
              List.of(classes),
              "Probabilities scaled by the temperatures of the row's modalities."));
    }
    if (fusion instanceof Fusion.Attention || fusion instanceof Fusion.AttentionSum) {
      outputs.add(
          new Output(
              StateFusionNodes.ATTENTION,
              DataType.FLOAT,
              List.of(shape.modalities().size()),
              "Attention weight of each modality, in the order of the metadata's modalities; 0 if"
                  + " it is absent."));
    }
    if (fusion instanceof Fusion.Additive) {
      outputs.add(
          new Output(
              TermNodes.CONTRIBUTIONS,
              DataType.FLOAT,
              List.of(1 + shape.terms().size(), classes),
              "Summands of the logits: the bias, then each of the metadata's terms; 0 if one of"
                  + " its modalities is absent."));
    }
    return outputs;
  }
}
