package dev.mer4j.core;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.encoder.samediff.LstmGraph;
import dev.mer4j.core.fusion.HeadGraph;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.graph.GraphParameters;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.EnumMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The complete network as one SameDiff graph, encoders and head, to be inspected or embedded in a
 * larger one.
 *
 * <p>Placeholders, for each modality {@code m}: {@code m} [B, T, D], standardized and padded on the
 * right with zeros; {@code m_lengths} [B], int32, at least 1; {@code m_last_step} [B, T, 1], one at
 * each row's last step and zero elsewhere, all zero for a row that lacks the modality. Then {@code
 * presence} [B, M], {@code dropout} [B, W] (all ones at inference) and {@code targets} [B, C]
 * (needed for the loss only). The variables are a copy of the parameters and have their names.
 */
public final class NetworkGraph {
  private final SameDiff graph = SameDiff.create();
  private final HeadGraph head;

  /** Builds the graph of a model as it is now; later changes of the model do not reach it. */
  public NetworkGraph(MultimodalModel model) {
    ModelConfig config = model.config();
    Parameters parameters = model.parameters();
    Map<Modality, SDVariable> states = new EnumMap<>(Modality.class);
    config
        .inputs()
        .forEach(
            (modality, width) ->
                states.put(
                    modality,
                    LstmGraph.add(
                        graph,
                        LstmParameters.of(parameters, modality, Direction.FORWARD),
                        LstmParameters.of(parameters, modality, Direction.REVERSE),
                        graph.placeHolder(modality.key(), DataType.FLOAT, -1, -1, width),
                        graph.placeHolder(modality.key() + "_lengths", DataType.INT32, -1),
                        graph.placeHolder(
                            modality.key() + "_last_step", DataType.FLOAT, -1, -1, 1))));
    HeadShape shape = NetworkLayout.head(config);
    head =
        HeadGraph.add(
            graph,
            shape,
            parameters,
            states,
            graph.placeHolder("presence", DataType.FLOAT, -1, shape.modalities().size()),
            graph.placeHolder("dropout", DataType.FLOAT, -1, shape.width()),
            graph.placeHolder("targets", DataType.FLOAT, -1, shape.classes()),
            Loss.plain(shape.classes()));
    graph.setLossVariables(head.loss().name());
    new GraphParameters(graph, parameters.views()).load(parameters.values());
  }

  public SameDiff graph() {
    return graph;
  }

  /** The graph's outputs. */
  public HeadGraph outputs() {
    return head;
  }
}
