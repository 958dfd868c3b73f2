package dev.mer4j.data.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Features;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TruncationTest {
  private static final Features FIVE =
      new Features(5, 2, new float[] {0, 9, 1, 8, 2, 7, 3, 6, 4, 5});

  @Test
  void headKeepsTheFirstSteps() {
    assertThat(Truncation.HEAD.apply(FIVE, 2).values()).containsExactly(0, 9, 1, 8);
  }

  @Test
  void tailKeepsTheLastSteps() {
    assertThat(Truncation.TAIL.apply(FIVE, 2).values()).containsExactly(3, 6, 4, 5);
  }

  @Test
  void poolAveragesBinsOverTheWholeSequence() {
    // Bins of rows 0-1 and 2-4.
    assertThat(Truncation.POOL.apply(FIVE, 2).values()).containsExactly(0.5f, 8.5f, 3, 6);
    assertThat(Truncation.POOL.apply(FIVE, 1).values()).containsExactly(2, 7);
  }

  @ParameterizedTest
  @CsvSource({"301", "599", "600", "650", "100000"})
  void poolUsesEveryRowOnce(int rows) {
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    Features pooled = Truncation.POOL.apply(new Features(rows, 1, ones), 300);
    assertThat(pooled.steps()).isEqualTo(300);
    assertThat(pooled.values()).containsOnly(1);
  }

  @ParameterizedTest
  @EnumSource
  void keepsShortSequencesUnchanged(Truncation truncation) {
    assertThat(truncation.apply(FIVE, 5)).isSameAs(FIVE);
    Features empty = new Features(0, 2, new float[0]);
    assertThat(truncation.apply(empty, 1)).isSameAs(empty);
    assertThat(Truncation.of(truncation.key())).isEqualTo(truncation);
  }

  @Test
  void unknownKeysReportTheChoices() {
    assertThatThrownBy(() -> Truncation.of("middle"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("unknown truncation 'middle': use head, tail or pool");
  }
}
