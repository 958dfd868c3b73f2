package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Parameters;

/** One direction of one encoder in plain Java. */
record JavaLstm(
    JavaWeights weights, JavaForward forward, JavaBackward backward, JavaGradients gradients) {

  static JavaLstm of(
      Direction direction, LstmParameters views, Parameters parameters, int stateWidth) {
    JavaWeights weights = new JavaWeights(views, parameters);
    return new JavaLstm(
        weights,
        new JavaForward(direction, weights, stateWidth),
        new JavaBackward(direction, weights, stateWidth),
        new JavaGradients(direction, weights));
  }
}
