package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.train.Schedule.Decay;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final int STEPS = 8;
  private static final int EPOCHS = 5;

  @Test
  void defaultScheduleIsConstant() {
    for (int step = 0; step < STEPS * EPOCHS; step++) {
      assertThat(Schedule.CONSTANT.learningRateFactor(step, STEPS, EPOCHS)).isEqualTo(1);
    }
    assertThat(Schedule.CONSTANT.modalityDropoutFactor(1)).isEqualTo(1);
  }

  @Test
  void warmsUpLinearlyAndStaysConstant() {
    Schedule schedule = new Schedule(0.5, Decay.NONE, 0);

    assertThat(factor(schedule, 0)).isEqualTo(0.25);
    assertThat(factor(schedule, 1)).isEqualTo(0.5);
    assertThat(factor(schedule, 2)).isEqualTo(0.75);
    assertThat(factor(schedule, 3)).isEqualTo(1);
    assertThat(factor(schedule, 39)).isEqualTo(1);
  }

  @Test
  void decaysByHalfACosine() {
    Schedule schedule = new Schedule(0, Decay.COSINE, 0);

    assertThat(factor(schedule, 0)).isEqualTo(1);
    assertThat(factor(schedule, 10)).isCloseTo((1 + Math.sqrt(0.5)) / 2, within(1e-12));
    assertThat(factor(schedule, 20)).isCloseTo(0.5, within(1e-12));
    assertThat(factor(schedule, 39)).isBetween(0.001, 0.002);
  }

  @Test
  void decaysFromTheEndOfTheWarmUp() {
    Schedule schedule = new Schedule(1, Decay.COSINE, 0);

    assertThat(factor(schedule, 6)).isEqualTo(7 / 8.0);
    assertThat(factor(schedule, 7)).isEqualTo(1);
    assertThat(factor(schedule, 7 + 33 / 3)).isCloseTo(0.75, within(1e-12));
    assertThat(factor(schedule, 39)).isPositive();
  }

  @Test
  void raisesModalityDropoutEpochByEpoch() {
    Schedule schedule = new Schedule(0, Decay.NONE, 3);

    assertThat(schedule.modalityDropoutFactor(1)).isEqualTo(0.25);
    assertThat(schedule.modalityDropoutFactor(3)).isEqualTo(0.75);
    assertThat(schedule.modalityDropoutFactor(4)).isEqualTo(1);
    assertThat(schedule.modalityDropoutFactor(9)).isEqualTo(1);
  }

  @Test
  void namesEveryProblem() {
    assertThatThrownBy(() -> new Schedule(Double.NaN, Decay.NONE, -1))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "schedule: warm-up epochs must be at least 0 and finite: NaN;"
                + " modality dropout epochs must be at least 0: -1");
  }

  private static double factor(Schedule schedule, int step) {
    return schedule.learningRateFactor(step, STEPS, EPOCHS);
  }
}
