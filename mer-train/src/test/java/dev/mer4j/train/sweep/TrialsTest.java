package dev.mer4j.train.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.MerException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    SampleStatistics plain = TRIALS.statistics("plain", "f1");

    assertThat(plain.count()).isEqualTo(3);
    assertThat(plain.mean()).isCloseTo(0.3, within(1e-12));
    assertThat(plain.deviation()).isCloseTo(0.2, within(1e-12));
    assertThat(plain).hasToString("0.300 ± 0.200");
  }

  /** Expected: {@code scipy.stats.t.ppf(0.975, count - 1)}. */
  @ParameterizedTest
  @CsvSource({
    "2, 12.706204736432095",
    "3, 4.302652729911275",
    "30, 2.045229642132703",
    "31, 2.0422724563012373",
    "32, 2.0395134463964077",
    "100, 1.9842169515086827",
    "1001, 1.9623390808264074"
  })
  void marginIsStudents(int count, double quantile) {
    assertThat(new SampleStatistics(count, 0.5, 1).margin() * Math.sqrt(count))
        .isCloseTo(quantile, within(1e-9));
  }

  @Test
  void oneNumberHasNoMargin() {
    assertThat(new SampleStatistics(1, 0.5, Double.NaN).margin()).isNaN();
  }

  @Test
  void differencesArePairedBySeed() {
    SampleStatistics difference = TRIALS.difference("other", "plain", "f1");

    assertThat(difference.count()).isEqualTo(2);
    assertThat(difference.mean()).isCloseTo(0.15, within(1e-12));
    assertThat(difference.differsFromZero()).isFalse();
    assertThat(new SampleStatistics(2, 1, 0.01).differsFromZero()).isTrue();
  }

  @Test
  void refusesToCompareSettingsWithoutACommonSeed() {
    Trials apart = new Trials(List.of(trial("a", 1, 0), trial("b", 2, 0)));

    assertThatThrownBy(() -> apart.difference("a", "b", "f1"))
        .isInstanceOf(MerException.class)
        .hasMessage("no seed was run with both a and b");
  }

  private static Trial trial(String setting, long seed, double f1) {
    return new Trial(setting, seed, Map.of("f1", f1));
  }
}
