package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.LogProbability;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.List;
import java.util.stream.LongStream;

/** The nodes of probabilities, and of decisions by {@link Thresholds} in double precision. */
record DecisionNodes(GraphBuilder graph, LabelSet labels, PresenceNodes presence) {
  static final String PROBABILITIES = "probabilities";
  static final String DECISIONS = "decisions";

  /** Adds the probabilities [B, C] of logits [B, C]. */
  String probabilities(String logits) {
    return labels.task() == Task.MULTI_LABEL
        ? graph.node(PROBABILITIES, "Sigmoid", List.of(logits))
        : graph.node(PROBABILITIES, "Softmax", List.of(logits), Attributes.of("axis", 1));
  }

  /**
   * Adds the decisions [B, C]: probabilities at or above the thresholds of the row's modalities, or
   * the class with the highest ratio of probability to threshold.
   *
   * @param probabilities [B, C] in double precision
   */
  void decisions(String probabilities, Thresholds thresholds) {
    String own = presence.select("decision/thresholds", thresholds::of);
    if (labels.task() == Task.MULTI_LABEL) {
      String below = graph.node("decision/below", "Less", List.of(probabilities, own));
      graph.node(DECISIONS, "Not", List.of(below));
    } else {
      String lowest = graph.constant("decision/lowest", new double[] {LogProbability.LOWEST});
      String bounded = graph.node("decision/bounded", "Max", List.of(probabilities, lowest));
      String ratios = graph.node("decision/ratios", "Div", List.of(bounded, own));
      String best =
          graph.node("decision/best", "ArgMax", List.of(ratios), Attributes.of("axis", 1));
      long[] indices = LongStream.range(0, labels.classCount()).toArray();
      String classes = graph.constant("decision/classes", indices, indices.length);
      graph.node(DECISIONS, "Equal", List.of(best, classes));
    }
  }
}
