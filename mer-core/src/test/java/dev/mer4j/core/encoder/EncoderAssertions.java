package dev.mer4j.core.encoder;

import static dev.mer4j.core.encoder.EncoderSamples.WIDTHS;
import static dev.mer4j.core.encoder.EncoderSamples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.RelativeError;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import java.util.Arrays;

/** Compares encoders with the equations of the LSTM in double precision. */
final class EncoderAssertions {
  private EncoderAssertions() {}

  /** Asserts that the states of inference and training equal the equations. */
  static void assertStates(Backend backend, Parameters parameters, Batch batch) {
    try (Encoders encoders = backend.open(WIDTHS.modalities(), parameters)) {
      PerModality<float[]> states = encoders.forward(batch.sequences(), batch.presence());
      WIDTHS.modalities().forEach(m -> assertStates(backend, states.get(m), parameters, batch, m));
      PerModality<float[]> training = encoders.forwardTraining(batch.sequences(), batch.presence());
      WIDTHS
          .modalities()
          .forEach(m -> assertStates(backend, training.get(m), parameters, batch, m));
    }
  }

  private static void assertStates(
      Backend backend, float[] states, Parameters parameters, Batch batch, Modality modality) {
    double[] expected = new double[states.length];
    for (int b = 0; b < batch.size(); b++) {
      if (batch.presence().has(b, modality)) {
        Sequences sequences = batch.sequences().get(modality);
        double[] row = ReferenceLstm.state(parameters, modality, sequences, b);
        System.arraycopy(row, 0, expected, b * row.length, row.length);
      }
    }
    assertThat(RelativeError.of(states, expected)).isLessThan(backend.tolerance());
  }

  /** Asserts that the gradient of each parameter equals the derivatives of the equations. */
  static void assertDerivatives(Backend backend, Parameters parameters, Batch batch, long seed) {
    PerModality<float[]> upstream = upstream(batch, parameters, seed);
    double[] expected = ReferenceLstmTest.gradient(parameters, batch, upstream);
    float[] found = gradient(backend, parameters, batch, upstream);
    for (ParameterView view : parameters.views()) {
      int end = view.offset() + view.size();
      assertThat(
              RelativeError.of(
                  Arrays.copyOfRange(found, view.offset(), end),
                  Arrays.copyOfRange(expected, view.offset(), end)))
          .as("%s, %d rows", view.name(), batch.size())
          .isLessThan(backend.tolerance());
    }
  }

  static float[] gradient(
      String backend, Parameters parameters, Batch batch, PerModality<float[]> upstream) {
    return gradient(Backends.named(backend), parameters, batch, upstream);
  }

  static float[] gradient(
      Backend backend, Parameters parameters, Batch batch, PerModality<float[]> upstream) {
    float[] gradient = new float[parameters.size()];
    try (Encoders encoders = backend.open(WIDTHS.modalities(), parameters)) {
      encoders.forwardTraining(batch.sequences(), batch.presence());
      encoders.backward(upstream, gradient);
    }
    return gradient;
  }
}
