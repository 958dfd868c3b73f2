package dev.mer4j.cuda;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.ArrayList;
import java.util.List;

/** One direction of one encoder; a launch runs all directions of up to eight modalities. */
record EncoderDirection(Modality modality, Direction direction, LstmParameters views) {
  /** Returns both directions of each modality, adjacent to each other. */
  static List<EncoderDirection> of(List<Modality> modalities, Parameters parameters) {
    List<EncoderDirection> all = new ArrayList<>();
    for (Modality modality : modalities) {
      for (Direction direction : Direction.values()) {
        LstmParameters views = LstmParameters.of(parameters, modality, direction);
        all.add(new EncoderDirection(modality, direction, views));
      }
    }
    return List.copyOf(all);
  }

  List<ParameterView> tensors() {
    return List.of(
        views.inputWeights(), views.recurrentWeights(), views.inputBias(), views.recurrentBias());
  }

  /** Returns the half of a state that this direction writes: 0 or 1. */
  int half() {
    return direction.ordinal();
  }
}
