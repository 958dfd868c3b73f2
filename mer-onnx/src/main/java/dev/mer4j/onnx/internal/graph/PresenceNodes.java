package dev.mer4j.onnx.internal.graph;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.onnx.internal.graph.EncoderNodes.Encoded;
import dev.mer4j.onnx.internal.proto.TensorProto.DataType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The nodes that depend on the set of available modalities of each row. */
final class PresenceNodes {
  private final GraphBuilder graph;
  private final List<Encoded> encoded;
  private final ModalitySet modalities;
  private @Nullable String present;
  private @Nullable String set;

  PresenceNodes(GraphBuilder graph, List<Encoded> encoded) {
    this.graph = graph;
    this.encoded = encoded;
    modalities = ModalitySet.of(encoded.stream().map(Encoded::modality).toList());
  }

  /** Returns the presence mask [B, M], boolean. */
  String mask() {
    if (present == null) {
      present =
          graph.node(
              "presence/mask",
              "Concat",
              encoded.stream().map(Encoded::present).toList(),
              Attributes.of("axis", 1));
    }
    return present;
  }

  /** Returns the index of each row's set in {@link ModalitySet#subsets} [B]. */
  private String index() {
    float[] bits = new float[modalities.size()];
    for (int m = 0; m < bits.length; m++) {
      bits[m] = 1 << m;
    }
    String ones = graph.cast("presence/ones", mask(), DataType.FLOAT);
    String weights = graph.constant("presence/bits", bits, bits.length);
    String sum = graph.node("presence/sum", "MatMul", List.of(ones, weights));
    return graph.cast("presence/set", sum, DataType.INT64);
  }

  /**
   * Adds a table with a row for each set and returns the row of each segment's set, [B, K] in
   * double precision.
   *
   * @param row maps a set of available modalities to K values
   */
  String select(String name, Function<ModalitySet, List<Double>> row) {
    if (set == null) {
      set = index();
    }
    List<List<Double>> rows = modalities.subsets().stream().map(row).toList();
    double[] values = rows.stream().flatMap(List::stream).mapToDouble(each -> each).toArray();
    String table = graph.constant(name, values, rows.size(), rows.get(0).size());
    return graph.node(name + "/row", "Gather", List.of(table, set), Attributes.of("axis", 0));
  }
}
