package dev.mer4j.core.encoder;

import static dev.mer4j.core.encoder.EncoderSamples.parameters;
import static dev.mer4j.core.encoder.EncoderSamples.raggedBatch;
import static dev.mer4j.core.encoder.EncoderSamples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.internal.packed.InstructionSetBackends;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Sequences.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Subnormal numbers would make a training step on Intel's processors 10 to 20 times as slow. */
class VanishingGradientsTest {
  private static final int STEPS = 40;

  static List<Backend> backends() throws IOException {
    List<Backend> backends = new ArrayList<>(InstructionSetBackends.all());
    backends.add(Backends.named("java"));
    return backends;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradientsThatVanishOverTheStepsBecomeZero(Backend backend) {
    Parameters parameters = parameters(1);
    Batch batch = raggedBatch(1, STEPS, Layout.TIME_FIRST, 1);
    batch.sequences().values().forEach(VanishingGradientsTest::keepFirstStep);
    PerModality<float[]> upstream = upstream(batch, parameters, 1);
    upstream.values().forEach(values -> scale(values, 0x1p-95f));

    float[] gradient = EncoderAssertions.gradient(backend, parameters, batch, upstream);

    assertThat(largest(gradient)).isGreaterThan(0);
    for (float value : gradient) {
      assertThat(Math.abs(value)).matches(g -> g == 0 || g >= Float.MIN_NORMAL, "not subnormal");
    }
    assertThat(Float.MIN_NORMAL * (largest(gradient) > 0 ? 0.5f : 0))
        .as("subnormal numbers of the calling thread afterwards")
        .isGreaterThan(0);
  }

  /** Leaves the gradient of the input weights only what has passed through all other steps. */
  private static void keepFirstStep(Sequences sequences) {
    Arrays.fill(
        sequences.values(),
        sequences.offset(0, 1),
        sequences.offset(0, STEPS - 1) + sequences.width(),
        0);
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
