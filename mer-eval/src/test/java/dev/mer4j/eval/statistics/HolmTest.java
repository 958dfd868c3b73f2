package dev.mer4j.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void equalsTheStepDownProcedure() {
    assertThat(Holm.correct(List.of(0.01, 0.04, 0.03, 0.005)))
        .zipSatisfy(
            List.of(0.03, 0.06, 0.06, 0.02),
            (found, expected) -> assertThat(found).isCloseTo(expected, within(1e-15)));
    assertThat(Holm.correct(List.of(0.6, 0.9))).containsExactly(1.0, 1.0);
    assertThat(Holm.correct(List.of())).isEmpty();
  }

  @Test
  void excludesUndefinedValues() {
    assertThat(Holm.correct(List.of(0.02, Double.NaN, 0.03)))
        .containsExactly(0.04, Double.NaN, 0.04);
  }
}
