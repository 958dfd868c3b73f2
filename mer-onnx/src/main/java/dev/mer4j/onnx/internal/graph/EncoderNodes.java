package dev.mer4j.onnx.internal.graph;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.data.Modality;
import dev.mer4j.onnx.internal.proto.TensorProto.DataType;
import java.util.List;

/**
 * The nodes of the encoders: standardization, the bidirectional LSTM and the state of each row.
 *
 * <p>Runtimes disagree on LSTMs of rows without steps. Therefore each sequence gets one more step,
 * of zeros, rows that lack the modality run one step, and their state is then replaced by zeros.
 */
final class EncoderNodes {
  private final GraphBuilder graph;
  private final MultimodalModel model;
  private final ModelConfig config;
  private final ParameterConstants parameters;
  private final String none;
  private final String one;
  private final String zero;

  EncoderNodes(GraphBuilder graph, MultimodalModel model) {
    this.graph = graph;
    this.model = model;
    config = model.config();
    parameters = new ParameterConstants(graph, model.parameters());
    none = graph.constant("encoders/no_steps", new long[] {0});
    one = graph.constant("encoders/one_step", new long[] {1});
    zero = graph.constant("encoders/zero", new float[] {0});
  }

  /**
   * The values of one encoder.
   *
   * @param present [B, 1], whether a row has the modality
   * @param state [B, E], zeros for a row that lacks it
   */
  record Encoded(Modality modality, String present, String state) {}

  private static String prefix(Modality modality) {
    return "encoders/" + modality.key();
  }

  /** Adds the inputs and the encoder of a modality. */
  Encoded add(Modality modality) {
    String key = modality.key();
    String prefix = prefix(modality);
    String length = key + "_length";
    String features =
        graph.input(
            key,
            DataType.FLOAT,
            List.of("B", "T_" + key, config.inputs().get(modality)),
            "Features of "
                + key
                + " before standardization, finite; rows from "
                + length
                + " on are not read.");
    graph.input(
        length,
        DataType.INT64,
        List.of("B"),
        "Number of steps of " + key + ", in [0, T_" + key + "]; 0 if it is absent.");
    String present = graph.node(prefix + "/present", "Greater", List.of(length, none));
    String sequence = timeFirst(modality, features);
    if (config.paddedBatch() > 0) {
      sequence = withZerosFrom(prefix, length, sequence);
    }
    String encoded = encoded(modality, sequence, steps(prefix, length, present));
    String column = graph.reshape(prefix + "/present_column", present, -1, 1);
    String state = graph.node(prefix + "/state", "Where", List.of(column, encoded, zero));
    return new Encoded(modality, column, state);
  }

  /** Returns the standardized features [T + 1, B, D]. */
  private String timeFirst(Modality modality, String features) {
    String prefix = prefix(modality);
    StandardizationConstants columns =
        new StandardizationConstants(graph, modality, model.standardization().of(modality));
    String centered = graph.node(prefix + "/centered", "Sub", List.of(features, columns.mean()));
    String scaled = graph.node(prefix + "/standardized", "Mul", List.of(centered, columns.scale()));
    String transposed =
        graph.node(
            prefix + "/time_first",
            "Transpose",
            List.of(scaled),
            Attributes.of("perm", new long[] {1, 0, 2}));
    return graph.node(
        prefix + "/sequence",
        "Pad",
        List.of(transposed),
        Attributes.of("pads", new long[] {0, 0, 0, 1, 0, 0}));
  }

  /** Returns a sequence [T, B, D] with zeros from each row's length on. */
  private String withZerosFrom(String prefix, String length, String sequence) {
    String before = new StepMask(graph, prefix + "/padding").timeFirst(sequence, length);
    String mask = graph.reshape(prefix + "/mask", before, 0, -1, 1);
    return graph.node(prefix + "/padded", "Where", List.of(mask, sequence, zero));
  }

  /** Returns the number of steps that the LSTM reads [B], at least 1. */
  private String steps(String prefix, String length, String present) {
    String read = length;
    if (config.paddedBatch() > 0) {
      read =
          graph.node(
              prefix + "/longest",
              "ReduceMax",
              List.of(length),
              Attributes.of("axes", new long[] {0}),
              Attributes.of("keepdims", 1));
    }
    return graph.node(prefix + "/steps", "Where", List.of(present, read, one));
  }

  /** Returns the state [B, E] of rows with at least one step; see {@link Pooling}. */
  private String encoded(Modality modality, String sequence, String steps) {
    String prefix = prefix(modality);
    boolean pooled = config.pooling() == Pooling.ATTENTION;
    List<String> weights =
        new EncoderWeights(config, modality).addTo(graph, parameters.parameters());
    String lengths = graph.cast(prefix + "/sequence_lens", steps, DataType.INT32);
    String hidden = prefix + "/hidden";
    String last = prefix + "/last";
    graph.node(
        List.of(pooled ? hidden : "", last),
        "LSTM",
        List.of(sequence, weights.get(0), weights.get(1), weights.get(2), lengths),
        Attributes.of("direction", "bidirectional"),
        Attributes.of("hidden_size", config.hidden()));
    String lastRows = lastRows(prefix, last);
    if (!pooled) {
      return lastRows;
    }
    String included = new StepMask(graph, prefix + "/pooling").timeFirst(sequence, steps);
    String mean =
        new PoolingNodes(graph, parameters, 2 * config.hidden()).add(modality, hidden, included);
    return graph.node(
        prefix + "/pooled", "Concat", List.of(lastRows, mean), Attributes.of("axis", 1));
  }

  /** Returns the last states [B, 2H] of those of both directions [2, B, H]. */
  private String lastRows(String prefix, String last) {
    String rows =
        graph.node(
            prefix + "/directions",
            "Transpose",
            List.of(last),
            Attributes.of("perm", new long[] {1, 0, 2}));
    return graph.reshape(prefix + "/last_rows", rows, -1, 2L * config.hidden());
  }
}
