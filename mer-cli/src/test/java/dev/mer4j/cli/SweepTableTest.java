package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.train.sweep.Trial;
import dev.mer4j.train.sweep.Trials;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTableTest {
  private static final Trials TRIALS =
      new Trials(
          List.of(
              trial("plain", 1, 0.1),
              trial("other", 1, 0.3),
              trial("plain", 2, 0.5),
              trial("other", 2, 0.6),
              trial("plain", 3, 0.3)));

  @Test
  void comparesEverySettingWithTheFirst() {
    assertThat(SweepTable.bySetting(TRIALS).rows())
        .containsExactly(
            List.of("plain", "3", "0.300 ± 0.200"),
            List.of("other", "2", "0.450 ± 0.212 (+0.150, -0.485 to +0.785)"));
  }

  @Test
  void oneSeedHasNoDeviationAndNoInterval() {
    Trials one = new Trials(List.of(trial("plain", 1, 0.1), trial("other", 1, 0.3)));

    assertThat(SweepTable.bySetting(one).rows())
        .containsExactly(List.of("plain", "1", "0.100"), List.of("other", "1", "0.300 (+0.200)"));
  }

  @Test
  void listsTheSeedsOfOneSettingAboveTheirMean() {
    Trials plain = new Trials(List.of(trial("plain", 1, 0.1), trial("plain", 2, 0.5)));

    assertThat(SweepTable.bySeed(plain).rows())
        .containsExactly(
            List.of("1", "0.100"), List.of("2", "0.500"), List.of("mean ± std", "0.300 ± 0.283"));
  }

  private static Trial trial(String setting, long seed, double f1) {
    return new Trial(setting, seed, Map.of("f1", f1));
  }
}
