package dev.mer4j.core.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.core.parameter.Parameters.Holder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private final Parameters parameters =
      new Parameters.Layout().add("weight", 2, 3).add("bias", 2).allocate();
  private int fetched;

  private void fetch(float[] values) {
    Arrays.fill(values, ++fetched);
  }

  @Test
  void valuesOfAHolderAreFetchedOnceOnRequest() {
    float[] values = parameters.values();
    parameters.setHolder(this::fetch);
    assertThat(values).containsOnly(0);
    assertThat(parameters.values()).isSameAs(values).containsOnly(1);
    assertThat(parameters.values()).containsOnly(1);
    parameters.setHolder(this::fetch);
    assertThat(parameters.copyOf("bias")).containsExactly(2, 2);
  }

  @Test
  void digestUsesTheNewestValues() {
    String zeros = parameters.sha256();
    parameters.setHolder(this::fetch);
    assertThat(parameters.sha256()).isNotEqualTo(zeros);
  }

  @Test
  void holderHasTheValuesUntilTheyAreFetched() {
    Holder holder = this::fetch;
    Holder other = values -> {};
    assertThat(parameters.isHeldBy(holder)).isFalse();
    parameters.setHolder(holder);
    assertThat(parameters.isHeldBy(holder)).isTrue();
    assertThat(parameters.isHeldBy(other)).isFalse();
    parameters.values();
    assertThat(parameters.isHeldBy(holder)).isFalse();
  }

  @Test
  void lostValuesAreNotReplacedByOutdatedOnes() {
    parameters.setHolder(
        values -> {
          throw new MerException("lost");
        });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(parameters::values).isInstanceOf(MerException.class).hasMessage("lost");
    }
  }
}
