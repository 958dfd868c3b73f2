package dev.mer4j.core.encoder;

import static dev.mer4j.core.encoder.EncodersTest.distance;
import static dev.mer4j.core.encoder.EncodersTest.gradient;
import static dev.mer4j.core.encoder.EncodersTest.parameters;
import static dev.mer4j.core.encoder.EncodersTest.raggedBatch;
import static dev.mer4j.core.encoder.EncodersTest.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.internal.packed.InstructionSetBackends;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences.Layout;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the kernels of every instruction set with the equations of the LSTM. */
class InstructionSetsTest {
  static List<Backend> backends() throws IOException {
    return InstructionSetBackends.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void statesEqualTheEquations(Backend backend) {
    for (int batchSize : new int[] {1, 2, 3, 16, 23}) {
      Parameters parameters = parameters(batchSize);
      Batch batch = raggedBatch(batchSize, 40, Layout.TIME_FIRST, batchSize);
      EncodersTest.assertStates(backend, parameters, batch);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradientsEqualTheDerivativesOfTheEquations(Backend backend) {
    for (int batchSize : new int[] {1, 2, 3, 16, 23}) {
      Parameters parameters = parameters(batchSize);
      Batch batch = raggedBatch(batchSize, 30, Layout.TIME_FIRST, batchSize);
      PerModality<float[]> upstream = upstream(batch, parameters, batchSize);
      double[] expected = ReferenceLstmTest.gradient(parameters, batch, upstream);
      float[] found = gradient(backend, parameters, batch, upstream);
      for (ParameterView view : parameters.views()) {
        int end = view.offset() + view.size();
        assertThat(
                distance(
                    Arrays.copyOfRange(found, view.offset(), end),
                    Arrays.copyOfRange(expected, view.offset(), end)))
            .as("%s, %d rows", view.name(), batchSize)
            .isLessThan(backend.tolerance());
      }
    }
  }
}
