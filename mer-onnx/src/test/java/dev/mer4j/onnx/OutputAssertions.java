package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

/** Compares outputs of ONNX Runtime with predictions; the tolerance is that of verification. */
final class OutputAssertions {
  private OutputAssertions() {}

  static void assertClose(float[] found, List<Double> expected) {
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected.get(i), within(OnnxVerification.TOLERANCE));
    }
  }
}
