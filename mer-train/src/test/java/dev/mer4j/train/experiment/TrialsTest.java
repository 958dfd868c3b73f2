package dev.mer4j.train.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.MerException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialsTest {
  private static final Trials TRIALS =
      new Trials(
          List.of(
              trial("plain", 1, 0.1),
              trial("other", 1, 0.3),
              trial("plain", 2, 0.5),
              trial("other", 2, 0.6),
              trial("plain", 3, 0.3)));

  @Test
  void spreadIsMeanAndSampleDeviation() {
    Spread plain = TRIALS.spread("plain", "f1");

    assertThat(plain.count()).isEqualTo(3);
    assertThat(plain.mean()).isCloseTo(0.3, within(1e-12));
    assertThat(plain.deviation()).isCloseTo(0.2, within(1e-12));
    assertThat(plain).hasToString("0.300 ± 0.200");
  }

  @Test
  void marginIsStudents() {
    // R: qt(0.975, 2) * 0.2 / sqrt(3)
    assertThat(TRIALS.spread("plain", "f1").margin()).isCloseTo(0.496828, within(1e-4));
    assertThat(new Spread(1, 0.5, Double.NaN).margin()).isNaN();
    assertThat(new Spread(100, 0.5, 1).margin()).isCloseTo(0.196, within(1e-12));
  }

  @Test
  void differencesArePairedBySeed() {
    Spread difference = TRIALS.difference("other", "plain", "f1");

    assertThat(difference.count()).isEqualTo(2);
    assertThat(difference.mean()).isCloseTo(0.15, within(1e-12));
    assertThat(difference.differsFromZero()).isFalse();
    assertThat(new Spread(2, 1, 0.01).differsFromZero()).isTrue();
  }

  @Test
  void refusesToCompareWhatSharesNoSeed() {
    Trials apart = new Trials(List.of(trial("a", 1, 0), trial("b", 2, 0)));

    assertThatThrownBy(() -> apart.difference("a", "b", "f1"))
        .isInstanceOf(MerException.class)
        .hasMessage("no seed was tried with both a and b");
  }

  private static Trial trial(String setting, long seed, double f1) {
    return new Trial(setting, seed, Map.of("f1", f1));
  }
}
