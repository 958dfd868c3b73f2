package dev.mer4j.cuda;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.ArrayList;
import java.util.List;

/** One direction of one encoder: the kernels run up to six of them at once. */
record EncoderDirection(Modality modality, Direction direction, LstmParameters where) {
  /** Both directions of each modality, side by side. */
  static List<EncoderDirection> of(List<Modality> modalities, Parameters parameters) {
    List<EncoderDirection> all = new ArrayList<>();
    for (Modality modality : modalities) {
      for (Direction direction : Direction.values()) {
        LstmParameters where = LstmParameters.of(parameters, modality, direction);
        all.add(new EncoderDirection(modality, direction, where));
      }
    }
    return List.copyOf(all);
  }

  List<ParameterView> tensors() {
    return List.of(
        where.inputWeights(), where.recurrentWeights(), where.inputBias(), where.recurrentBias());
  }

  /** Its half of a state: 0 or 1. */
  int half() {
    return direction.ordinal();
  }
}
