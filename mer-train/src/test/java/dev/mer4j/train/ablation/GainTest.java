package dev.mer4j.train.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.train.sweep.Trial;
import dev.mer4j.train.sweep.Trials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GainTest {
  /** Differences 0.02, 0.04 and 0.06 on one data set and 0, 0 and 0.03 on the other. */
  @Test
  void isTheMeanOverDataSetsWithAnIntervalOverSeeds() {
    Gain gain = gain(new double[] {0.02, 0.04, 0.06}, new double[] {0, 0, 0.03});

    assertThat(gain.mean().count()).isEqualTo(3);
    assertThat(gain.mean().mean()).isCloseTo(0.025, within(1e-12));
    // Means of 0.01, 0.02 and 0.045; t of 2 degrees of freedom is 4.30265.
    double deviation = Math.sqrt((0.015 * 0.015 + 0.005 * 0.005 + 0.02 * 0.02) / 2);
    assertThat(gain.mean().margin()).isCloseTo(4.30265 * deviation / Math.sqrt(3), within(1e-6));
    assertThat(gain.worst()).isEqualTo("data 1");
    assertThat(gain.byData().get("data 1").mean()).isCloseTo(0.01, within(1e-12));
    assertThat(gain.accepted()).isFalse();
  }

  @Test
  void isAcceptedIfItsIntervalIsAboveZeroOnAverage() {
    assertThat(gain(new double[] {0.02, 0.03, 0.04}, new double[] {0.02, 0.02, 0.01}).accepted())
        .isTrue();
    assertThat(gain(new double[] {-0.02, -0.03, -0.04}).accepted()).isFalse();
  }

  @Test
  void isNotAcceptedWithASignificantLossOfMoreThanAHundredth() {
    double[] large = {0.5, 0.51, 0.5};
    assertThat(gain(large, new double[] {-0.02, -0.021, -0.02}).accepted()).isFalse();
    assertThat(gain(large, new double[] {-0.009, -0.0091, -0.009}).accepted()).isTrue();
    assertThat(gain(large, new double[] {-0.05, 0.01, 0}).accepted()).isTrue();
  }

  @Test
  void seedsThatADataSetLacksAreOmittedFromTheMean() {
    Gain gain = gain(new double[] {0.02, 0.04, 0.06}, new double[] {0.02, 0.04});

    assertThat(gain.mean().count()).isEqualTo(2);
    assertThat(gain.mean().mean()).isCloseTo(0.03, within(1e-12));
    assertThat(gain(new double[0]).accepted()).isFalse();
  }

  private static Gain gain(double[]... differencesByData) {
    Map<String, Trials> trials = new LinkedHashMap<>();
    for (double[] differences : differencesByData) {
      List<Trial> own = new ArrayList<>();
      for (int seed = 0; seed < differences.length; seed++) {
        own.add(new Trial("reference", seed, Map.of("score", 0.5 + 0.1 * seed)));
        own.add(new Trial("other", seed, Map.of("score", 0.5 + 0.1 * seed + differences[seed])));
      }
      trials.put("data " + trials.size(), new Trials(own));
    }
    return Gain.of(trials, "other", "reference", "score");
  }
}
