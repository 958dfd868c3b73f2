package dev.mer4j.core.encoder;

import static dev.mer4j.core.encoder.EncoderSamples.parameters;
import static dev.mer4j.core.encoder.EncoderSamples.raggedBatch;

import dev.mer4j.core.internal.packed.InstructionSetBackends;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences.Layout;
import java.io.IOException;
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
      EncoderAssertions.assertStates(backend, parameters, batch);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradientsEqualTheDerivativesOfTheEquations(Backend backend) {
    for (int batchSize : new int[] {1, 2, 3, 16, 23}) {
      Parameters parameters = parameters(batchSize);
      Batch batch = raggedBatch(batchSize, 30, Layout.TIME_FIRST, batchSize);
      EncoderAssertions.assertDerivatives(backend, parameters, batch, batchSize);
    }
  }
}
