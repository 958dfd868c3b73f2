package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.onnx.internal.graph.EncoderNodes.Encoded;
import java.util.ArrayList;
import java.util.List;

/** The nodes of additive fusion; see {@link dev.mer4j.core.fusion.Fusion.Additive}. */
record TermNodes(
    GraphBuilder graph, ParameterConstants parameters, HeadShape shape, List<Encoded> encoded) {
  /** The output of the bias and all terms, [B, 1 + T, C]. */
  static final String CONTRIBUTIONS = "contributions";

  /** Returns the logits [B, C]. */
  String logits() {
    String zero = graph.constant("fusion/zero", new float[] {0});
    List<String> summands = new ArrayList<>();
    summands.add(bias());
    for (ModalitySet term : shape.terms()) {
      String name = HeadParameters.term(term);
      List<Encoded> own = encoded.stream().filter(each -> term.contains(each.modality())).toList();
      String output = new PerceptronNodes(graph, parameters).add(name, states(name, own));
      String value =
          graph.node(name + "/value", "Where", List.of(present(name, own), output, zero));
      summands.add(graph.reshape(name + "/row", value, -1, 1, shape.classes()));
    }
    String contributions = graph.node(CONTRIBUTIONS, "Concat", summands, Attributes.of("axis", 1));
    return graph.node(
        "fusion/logits",
        "ReduceSum",
        List.of(contributions),
        Attributes.of("axes", new long[] {1}),
        Attributes.of("keepdims", 0));
  }

  /** Returns the bias of every row [B, 1, C]. */
  private String bias() {
    String bias = parameters.add(HeadParameters.SUM_BIAS);
    String row = graph.constant("fusion/bias_shape", new long[] {1, shape.classes()}, 2);
    String rows = graph.node("fusion/present_shape", "Shape", List.of(encoded.get(0).present()));
    String first = graph.constant("fusion/batch_axis", new long[] {0}, 1);
    String batch = graph.node("fusion/batch", "Gather", List.of(rows, first));
    String extents =
        graph.node("fusion/row_shape", "Concat", List.of(batch, row), Attributes.of("axis", 0));
    return graph.node("fusion/bias_rows", "Expand", List.of(bias, extents));
  }

  private String states(String name, List<Encoded> own) {
    return graph.node(
        name + "/states",
        "Concat",
        own.stream().map(Encoded::state).toList(),
        Attributes.of("axis", 1));
  }

  /** Returns whether a row has all modalities of a term [B, 1]. */
  private String present(String name, List<Encoded> own) {
    String all = own.get(0).present();
    for (Encoded each : own.subList(1, own.size())) {
      all =
          graph.node(
              name + "/present_" + each.modality().key(), "And", List.of(all, each.present()));
    }
    return all;
  }
}
