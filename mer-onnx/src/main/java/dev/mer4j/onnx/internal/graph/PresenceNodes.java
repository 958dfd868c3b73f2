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
    String ones =
        graph.node(
            "presence/ones", "Cast", List.of(mask()), Attributes.of("to", DataType.FLOAT_VALUE));
    String weights = graph.constant("presence/bits", bits, bits.length);
    String sum = graph.node("presence/sum", "MatMul", List.of(ones, weights));
    return graph.node(
        "presence/set", "Cast", List.of(sum), Attributes.of("to", DataType.INT64_VALUE));
  }

  /**
   * Adds a table with a row for each set and returns the row [B, K] of each segment's set.
   *
   * @param row maps a set of available modalities to K values
   */
  String select(String name, Function<ModalitySet, float[]> row) {
    if (set == null) {
      set = index();
    }
    List<float[]> rows = modalities.subsets().stream().map(row).toList();
    String table =
        graph.constant(name, Constants.concatenate(rows), rows.size(), rows.get(0).length);
    return graph.node(name + "/row", "Gather", List.of(table, set), Attributes.of("axis", 0));
  }
}
