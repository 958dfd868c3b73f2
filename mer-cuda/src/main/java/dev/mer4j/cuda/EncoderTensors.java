package dev.mer4j.cuda;

import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parameters of a model's encoders.
 *
 * @param directions both directions of each modality, adjacent to each other
 * @param vectors v [1, 2 · hidden] of each modality; empty without attention pooling
 */
record EncoderTensors(
    EncoderShape shape, List<EncoderDirection> directions, List<ParameterView> vectors) {
  /** Returns the tensors of modalities in their natural order. */
  static EncoderTensors of(List<Modality> modalities, Parameters parameters) {
    EncoderShape shape = EncoderShape.of(modalities, parameters);
    List<ParameterView> vectors =
        shape.pooling() == Pooling.ATTENTION
            ? modalities.stream().map(m -> PoolingParameters.of(parameters, m)).toList()
            : List.of();
    return new EncoderTensors(shape, EncoderDirection.of(modalities, parameters), vectors);
  }

  /** Returns all tensors. */
  List<ParameterView> all() {
    return Stream.concat(
            directions.stream().flatMap(direction -> direction.tensors().stream()),
            vectors.stream())
        .toList();
  }

  /** Returns D of each modality. */
  List<Integer> widths() {
    return List.copyOf(shape.inputs().values());
  }
}
