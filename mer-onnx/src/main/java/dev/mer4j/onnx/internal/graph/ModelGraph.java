package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.onnx.internal.graph.EncoderNodes.Encoded;
import dev.mer4j.onnx.internal.proto.GraphProto;
import dev.mer4j.onnx.internal.proto.TensorProto.DataType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A model as an ONNX graph: from features to probabilities and decisions. */
public final class ModelGraph {
  /** The lowest version of the operator set that has all operators of the graph. */
  public static final int OPSET = 9;

  private final GraphBuilder graph = new GraphBuilder("mer4j");
  private final MultimodalModel model;
  private final ModelConfig config;
  private final HeadShape shape;

  private ModelGraph(MultimodalModel model) {
    this.model = model;
    config = model.config();
    shape = config.head();
  }

  /**
   * Returns the graph of a model.
   *
   * @throws dev.mer4j.ConfigException if two values would have the same name
   */
  public static GraphProto of(MultimodalModel model) {
    return new ModelGraph(model).build();
  }

  private GraphProto build() {
    EncoderNodes encoders = new EncoderNodes(graph, model);
    List<Encoded> encoded = config.inputs().modalities().stream().map(encoders::add).toList();
    PresenceNodes presence = new PresenceNodes(graph, encoded);
    DecisionNodes decisions = new DecisionNodes(graph, config.labels(), presence);
    String probabilities = decisions.probabilities(logits(encoded, presence));
    String exact = graph.cast("decision/probabilities", probabilities, DataType.DOUBLE);
    decisions.decisions(exact, model.thresholds());
    model
        .temperatures()
        .ifPresent(
            own -> new CalibrationNodes(graph, presence).add(exact, own, config.labels().task()));
    new GraphOutputs(model).list().forEach(graph::output);
    requireAllParameters();
    return graph.build();
  }

  /** Fails if the model has parameters of an option that this class does not know. */
  private void requireAllParameters() {
    Set<String> missing = new TreeSet<>();
    model.parameters().views().stream()
        .filter(view -> !EncoderWeights.contain(view))
        .forEach(view -> missing.add(view.name()));
    missing.removeIf(graph::has);
    if (!missing.isEmpty()) {
      throw new IllegalStateException("the ONNX graph lacks the parameters " + missing);
    }
  }

  private String logits(List<Encoded> encoded, PresenceNodes presence) {
    ParameterConstants parameters = new ParameterConstants(graph, model.parameters());
    if (config.fusion() instanceof Fusion.Additive) {
      return new TermNodes(graph, parameters, shape, encoded).logits();
    }
    StateFusionNodes fusion = new StateFusionNodes(graph, parameters, shape, encoded);
    return new PerceptronNodes(graph, parameters).add(HeadParameters.HEAD, fused(fusion, presence));
  }

  private String fused(StateFusionNodes fusion, PresenceNodes presence) {
    if (config.fusion() instanceof Fusion.Attention) {
      return fusion.attention(presence.mask());
    }
    return config.fusion() instanceof Fusion.AttentionSum
        ? fusion.attentionSum(presence.mask())
        : fusion.concatenation();
  }
}
