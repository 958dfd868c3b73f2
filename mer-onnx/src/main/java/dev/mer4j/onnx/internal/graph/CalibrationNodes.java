package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.LogProbability;
import dev.mer4j.core.Temperatures;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.onnx.internal.proto.TensorProto.DataType;
import java.util.Collections;
import java.util.List;

/** The nodes of temperature scaling, in double precision; see {@link Temperatures#applyTo}. */
record CalibrationNodes(GraphBuilder graph, PresenceNodes presence) {
  /** The output of the calibrated probabilities. */
  static final String CALIBRATED = "calibrated";

  /**
   * Adds the calibrated probabilities [B, C].
   *
   * @param probabilities [B, C] in double precision
   * @param task selects the sigmoid or the softmax
   */
  void add(String probabilities, Temperatures temperatures, Task task) {
    String scaled =
        task == Task.SINGLE_LABEL
            ? softmax(probabilities, temperatures)
            : sigmoid(probabilities, temperatures);
    graph.cast(CALIBRATED, scaled, DataType.FLOAT);
  }

  private String softmax(String probabilities, Temperatures temperatures) {
    String own =
        presence.select(
            CALIBRATED + "/temperatures",
            set -> Collections.nCopies(temperatures.of(set).size(), temperatures.of(set).get(0)));
    String logits =
        graph.node(CALIBRATED + "/logits", "Div", List.of(logarithm(probabilities), own));
    return graph.node(
        CALIBRATED + "/softmax", "Softmax", List.of(logits), Attributes.of("axis", 1));
  }

  private String sigmoid(String probabilities, Temperatures temperatures) {
    String own = presence.select(CALIBRATED + "/temperatures", temperatures::of);
    String one = graph.constant(CALIBRATED + "/one", new double[] {1});
    String complements =
        graph.node(CALIBRATED + "/complements", "Sub", List.of(one, probabilities));
    String difference =
        graph.node(
            CALIBRATED + "/unscaled",
            "Sub",
            List.of(logarithm(probabilities), logarithm(complements)));
    String logits = graph.node(CALIBRATED + "/logits", "Div", List.of(difference, own));
    return graph.node(CALIBRATED + "/sigmoid", "Sigmoid", List.of(logits));
  }

  /** Returns the logarithms of {@link LogProbability#of}. */
  private String logarithm(String probabilities) {
    String lowest = graph.constant(probabilities + "/lowest", new double[] {LogProbability.LOWEST});
    String bounded = graph.node(probabilities + "/bounded", "Max", List.of(probabilities, lowest));
    return graph.node(probabilities + "/logarithm", "Log", List.of(bounded));
  }
}
