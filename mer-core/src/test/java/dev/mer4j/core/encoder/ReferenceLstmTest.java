package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Verifies the reference derivatives against finite differences. */
class ReferenceLstmTest {
  /**
   * Central differences of single-precision parameters with step 2^-10 are accurate to about 1e-5
   * of the largest.
   */
  @Test
  void derivativesEqualFiniteDifferences() {
    assertFiniteDifferences(EncoderSamples.parameters(4));
  }

  @Test
  void derivativesOfPoolingEqualFiniteDifferences() {
    assertFiniteDifferences(EncoderSamples.pooled(4));
  }

  private static void assertFiniteDifferences(Parameters parameters) {
    Batch batch = EncoderSamples.raggedBatch(6, 8, Sequences.Layout.BATCH_FIRST, 4);
    PerModality<float[]> upstream = EncoderSamples.upstream(batch, parameters, 4);
    double[] expected = finiteDifferences(parameters, batch, upstream);
    double largest = DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
    assertThat(largest).isPositive();
    assertThat(gradient(parameters, batch, upstream))
        .containsExactly(expected, within(1e-5 * largest));
  }

  /** Returns the gradient [P] of Σ h·dh over the rows that have the modality. */
  static double[] gradient(Parameters parameters, Batch batch, PerModality<float[]> upstream) {
    double[] gradient = new double[parameters.size()];
    batch
        .sequences()
        .forEach(
            (modality, sequences) -> {
              for (int b = 0; b < batch.size(); b++) {
                if (batch.presence().has(b, modality)) {
                  ReferenceLstm.addGradient(
                      parameters, modality, sequences, b, upstream.get(modality), gradient);
                }
              }
            });
    return gradient;
  }

  static double[] finiteDifferences(
      Parameters parameters, Batch batch, PerModality<float[]> upstream) {
    double[] differences = new double[parameters.size()];
    for (ParameterView view : parameters.views()) {
      Modality modality = Modality.of(view.name().split("\\.", -1)[1]);
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        differences[i] = finiteDifference(parameters, batch, modality, upstream, i);
      }
    }
    return differences;
  }

  private static double finiteDifference(
      Parameters parameters,
      Batch batch,
      Modality modality,
      PerModality<float[]> upstream,
      int parameter) {
    float original = parameters.values()[parameter];
    float step = 0x1p-10f;
    parameters.values()[parameter] = original + step;
    double above = objective(parameters, batch, modality, upstream);
    double up = parameters.values()[parameter];
    parameters.values()[parameter] = original - step;
    double below = objective(parameters, batch, modality, upstream);
    double down = parameters.values()[parameter];
    parameters.values()[parameter] = original;
    return (above - below) / (up - down);
  }

  /** Returns Σ h·dh of one modality, because a parameter has an effect on its own only. */
  private static double objective(
      Parameters parameters, Batch batch, Modality modality, PerModality<float[]> upstream) {
    double sum = 0;
    for (int b = 0; b < batch.size(); b++) {
      if (batch.presence().has(b, modality)) {
        double[] state =
            ReferenceLstm.state(parameters, modality, batch.sequences().get(modality), b);
        for (int j = 0; j < state.length; j++) {
          sum += state[j] * upstream.get(modality)[b * state.length + j];
        }
      }
    }
    return sum;
  }
}
