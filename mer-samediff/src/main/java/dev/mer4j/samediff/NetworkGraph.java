package dev.mer4j.samediff;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The complete network, encoders and head, in a SameDiff graph, for inspection or for embedding in
 * a larger graph.
 *
 * <p>Placeholders, for each modality {@code m}: {@code m} [B, T, D], standardized and padded on the
 * right with zeros; {@code m_lengths} [B], int32, at least 1; {@code m_last_step} [B, T, 1], one at
 * each row's last step and zero elsewhere, all zero for a row that lacks the modality; with
 * attention pooling also {@code m_steps} [B, T], one at each step of a row that has the modality,
 * zero elsewhere. Then {@code presence} [B, M], {@code dropout} [B, U] (the hidden units, all ones
 * at inference) and {@code targets} [B, C] (required for the loss only). The variables are copies
 * of the parameters with the same names. All names start with the prefix, if any.
 *
 * <p>{@code SameDiff.save} writes the graph, but {@code SameDiff.load} of ND4J 1.0.0-M2.1 cannot
 * read a graph with {@code lstmLayer}. Save the model, and build the graph of the loaded model.
 */
public final class NetworkGraph {
  private final SameDiff graph;
  private final HeadGraph head;

  /**
   * Builds a graph from the current parameters of a model, with the model's loss as the graph's
   * loss. Later changes of the model have no effect.
   */
  public NetworkGraph(MultimodalModel model) {
    this(model, PrefixedGraph.unprefixed(SameDiff.create()));
    graph.setLossVariables(head.loss().name());
  }

  /**
   * Adds the current parameters of a model to a graph. The caller sets the graph's loss variables.
   *
   * @param target the graph, with a prefix that is unique in it
   * @throws ConfigException if a placeholder would have the name of another one or of the loss
   */
  public NetworkGraph(MultimodalModel model, PrefixedGraph target) {
    graph = target.graph();
    ModelConfig config = model.config();
    Parameters parameters = model.parameters();
    HeadShape shape = config.head();
    requireDistinctNames(config);
    head =
        HeadGraph.add(
            target,
            shape,
            parameters,
            states(config, parameters, target),
            target.placeHolder("presence", DataType.FLOAT, -1, shape.modalities().size()),
            target.placeHolder("dropout", DataType.FLOAT, -1, shape.hiddenUnits()),
            target.placeHolder("targets", DataType.FLOAT, -1, shape.classes()),
            Loss.unweighted(shape.classes()));
    new GraphParameters(target, parameters.views()).load(parameters.values());
  }

  private static void requireDistinctNames(ModelConfig config) {
    List<String> suffixes =
        config.pooling() == Pooling.LAST
            ? List.of("", "_lengths", "_last_step")
            : List.of("", "_lengths", "_last_step", "_steps");
    Set<String> names = new HashSet<>(Set.of("presence", "dropout", "targets", "loss"));
    for (Modality modality : config.inputs().modalities()) {
      for (String suffix : suffixes) {
        if (!names.add(modality.key() + suffix)) {
          throw new ConfigException(
              "the graph would have two variables named '"
                  + modality.key()
                  + suffix
                  + "'; the modality "
                  + modality
                  + " needs another name");
        }
      }
    }
  }

  private static PerModality<SDVariable> states(
      ModelConfig config, Parameters parameters, PrefixedGraph target) {
    return PerModality.of(
        config.inputs().modalities(), modality -> state(modality, config, parameters, target));
  }

  private static SDVariable state(
      Modality modality, ModelConfig config, Parameters parameters, PrefixedGraph target) {
    LstmParameters forward = LstmParameters.of(parameters, modality, Direction.FORWARD);
    LstmParameters reverse = LstmParameters.of(parameters, modality, Direction.REVERSE);
    String name = modality.key();
    SDVariable input =
        target.placeHolder(name, DataType.FLOAT, -1, -1, config.inputs().get(modality));
    SDVariable lengths = target.placeHolder(name + "_lengths", DataType.INT32, -1);
    SDVariable lastStep = target.placeHolder(name + "_last_step", DataType.FLOAT, -1, -1, 1);
    if (config.pooling() == Pooling.LAST) {
      return LstmGraph.add(target, forward, reverse, input, lengths, lastStep);
    }
    SDVariable steps = target.placeHolder(name + "_steps", DataType.FLOAT, -1, -1);
    ParameterView pooling = PoolingParameters.of(parameters, modality);
    return LstmGraph.addPooled(target, forward, reverse, pooling, input, lengths, lastStep, steps);
  }

  /** Returns the graph that contains the network. */
  public SameDiff graph() {
    return graph;
  }

  /** Returns the network's outputs. */
  public HeadGraph outputs() {
    return head;
  }
}
