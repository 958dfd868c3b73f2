package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.Thresholds;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.List;

/** The nodes of probabilities and decisions. */
record DecisionNodes(GraphBuilder graph, LabelSet labels) {
  static final String PROBABILITIES = "probabilities";
  static final String PREDICTED = "predicted";

  /** Adds the probabilities [B, C] of logits [B, C]. */
  String probabilities(String logits) {
    return labels.task() == Task.MULTI_LABEL
        ? graph.node(PROBABILITIES, "Sigmoid", List.of(logits))
        : graph.node(PROBABILITIES, "Softmax", List.of(logits), Attributes.of("axis", 1));
  }

  /**
   * Adds the decisions [B, C]: probabilities at or above the thresholds of the row's modalities, or
   * the most probable class.
   */
  void predicted(String probabilities, Thresholds thresholds, PresenceNodes presence) {
    if (labels.task() == Task.MULTI_LABEL) {
      String own = presence.select("decision/thresholds", set -> floats(thresholds.of(set)));
      String below = graph.node("decision/below", "Less", List.of(probabilities, own));
      graph.node(PREDICTED, "Not", List.of(below));
    } else {
      String best = graph.node("decision/best", "ArgMax", List.of(probabilities), Attributes.of("axis", 1));
      long[] indices = new long[labels.classCount()];
      for (int c = 0; c < indices.length; c++) {
        indices[c] = c;
      }
      String classes = graph.constant("decision/classes", indices, indices.length);
      graph.node(PREDICTED, "Equal", List.of(best, classes));
    }
  }

  /** Rounds up: a float is at least the result exactly if it is at least the threshold. */
  private static float[] floats(List<Double> thresholds) {
    float[] rounded = new float[thresholds.size()];
    for (int c = 0; c < rounded.length; c++) {
      double threshold = thresholds.get(c);
      float nearest = (float) threshold;
      rounded[c] = nearest < threshold ? Math.nextUp(nearest) : nearest;
    }
    return rounded;
  }
}
