package dev.mer4j.eval.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "full",
        "fixed:text+audio",
        "frame:0.3",
        "gaussian:2.0",
        "imbalanced:text=0.8+audio=0.2+gaze=0.0"
      })
  void namesAreParsedBack(String name) {
    assertThat(Condition.parse(name).name()).isEqualTo(name);
    assertThat(Condition.parse(name)).isEqualTo(Condition.parse(name));
  }

  @Test
  void everyDefaultConditionHasANameOfItsOwn() {
    for (Protocol protocol : Protocol.values()) {
      assertThat(Condition.of(protocol, ModalitySet.of(Modality.MOSEI)))
          .isNotEmpty()
          .doesNotHaveDuplicates()
          .allSatisfy(each -> assertThat(Condition.parse(each.name())).isEqualTo(each));
    }
    assertThat(Condition.of(Protocol.FIXED, ModalitySet.of(Modality.MOSEI))).hasSize(6);
    assertThat(Condition.of(Protocol.IMBALANCED, ModalitySet.of(Modality.TEXT))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "frames:0.3, unknown protocol 'frames'",
    "frame, must be a protocol",
    "full:1, must be a protocol",
    "frame:0, must be in (0",
    "frame:1.5, must be in (0",
    "frame:NaN, must be in (0",
    "gaussian:101, must be in (0",
    "frame:much, 'much' in place of a rate",
    "fixed:Text, 'Text' is not a valid modality name",
    "imbalanced:0.5, must name rates",
    "imbalanced:text=2, rate of text",
    "imbalanced:text=0.5+text=0.5, names text twice"
  })
  void malformedNamesAreRefused(String name, String message) {
    assertThatThrownBy(() -> Condition.parse(name))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
