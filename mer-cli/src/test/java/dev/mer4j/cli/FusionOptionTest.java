package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.Fusion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusionOptionTest {
  @Test
  void namesTheFusions() {
    assertThat(FusionOption.parse("concat").of(3)).isEqualTo(Fusion.concatenation());
    assertThat(FusionOption.parse("Attention").of(3)).isEqualTo(Fusion.attention());
    assertThat(FusionOption.parse("attention-sum").of(3)).isEqualTo(Fusion.attentionSum());
    assertThat(FusionOption.parse("additive:3").of(3)).isEqualTo(Fusion.additive(3));
    assertThat(FusionOption.parse("ADDITIVE:1").of(3)).isEqualTo(Fusion.additive(1));
  }

  @Test
  void additiveFusionHasPairsByDefault() {
    assertThat(FusionOption.parse("additive").of(5)).isEqualTo(Fusion.additive(2));
    assertThat(FusionOption.parse("additive").of(1)).isEqualTo(Fusion.additive(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sum", "additive:", "additive:0", "additive:10", "concat:2"})
  void refusesOtherNames(String text) {
    assertThatThrownBy(() -> FusionOption.parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "'"
                + text
                + "' is not a fusion: concat, attention, attention-sum, additive or"
                + " additive:ORDER");
  }

  @Test
  void refusesAnOrderAboveEight() {
    assertThatThrownBy(() -> FusionOption.parse("additive:9"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("additive order must be in [1, 8]: 9");
  }
}
