package dev.mer4j.samediff;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
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
 * each row's last step and zero elsewhere, all zero for a row that lacks the modality. Then {@code
 * presence} [B, M], {@code dropout} [B, U] (the hidden units, all ones at inference) and {@code
 * targets} [B, C] (required for the loss only). The variables are copies of the parameters with the
 * same names. All names start with the prefix, if any.
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
   * @throws ConfigException if two placeholders would have the same name
   */
  public NetworkGraph(MultimodalModel model, PrefixedGraph target) {
    graph = target.graph();
    ModelConfig config = model.config();
    Parameters parameters = model.parameters();
    HeadShape shape = config.head();
    requireDistinctNames(shape.modalities());
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

  private static void requireDistinctNames(List<Modality> modalities) {
    Set<String> names = new HashSet<>(Set.of("presence", "dropout", "targets"));
    for (Modality modality : modalities) {
      for (String suffix : List.of("", "_lengths", "_last_step")) {
        if (!names.add(modality.key() + suffix)) {
          throw new ConfigException(
              "the graph would have two placeholders named '"
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
        config.inputs().modalities(),
        modality ->
            LstmGraph.add(
                target,
                LstmParameters.of(parameters, modality, Direction.FORWARD),
                LstmParameters.of(parameters, modality, Direction.REVERSE),
                target.placeHolder(
                    modality.key(), DataType.FLOAT, -1, -1, config.inputs().get(modality)),
                target.placeHolder(modality.key() + "_lengths", DataType.INT32, -1),
                target.placeHolder(modality.key() + "_last_step", DataType.FLOAT, -1, -1, 1)));
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
