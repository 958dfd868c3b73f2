package dev.mer4j.eval.missing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomModalitiesTest {
  private static final List<SegmentInfo> SEGMENTS =
      Samples.random(LabelSet.MULTI_LABEL, 6000, 1, 1).rows().stream()
          .map(row -> row.segment())
          .toList();
  private static final Presence ALL = present(ModalitySet.of(Modality.MOSEI));

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.3, 0.5, 0.6, 2 / 3.0})
  void removedShareEqualsTheRate(double rate) {
    Presence left = new RandomModalities(rate, 7).applyTo(SEGMENTS, ALL);

    double lost = 1 - sizes(left).average().orElseThrow() / 3;
    // Standard deviation of the mean of 6000 segments: below 0.4 %.
    assertThat(lost).isCloseTo(rate, within(0.015));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 1})
  void keepsExactlyOneAtTheHighestRate(double rate) {
    assertThat(sizes(new RandomModalities(rate, 7).applyTo(SEGMENTS, ALL)).distinct())
        .containsExactly(1);
  }

  @Test
  void everyModalityIsKeptAloneAboutEquallyOften() {
    Presence left = new RandomModalities(0.7, 7).applyTo(SEGMENTS, ALL);

    for (int bits : new int[] {1, 2, 4}) {
      long kept =
          IntStream.range(0, left.size())
              .filter(s -> left.row(s).bits(Modality.MOSEI) == bits)
              .count();
      assertThat(kept).isBetween(1850L, 2150L);
    }
  }

  @Test
  void removedModalitiesStayRemovedAtHigherRates() {
    Presence low = new RandomModalities(0.2, 7).applyTo(SEGMENTS, ALL);
    Presence high = new RandomModalities(0.5, 7).applyTo(SEGMENTS, ALL);

    for (int s = 0; s < low.size(); s++) {
      assertThat(high.row(s).and(low.row(s))).isEqualTo(high.row(s));
    }
  }

  @Test
  void neverAddsModalitiesNorRemovesTheLastOne() {
    for (ModalitySet had : ModalitySet.of(Modality.MOSEI).nonEmpty()) {
      Presence left = new RandomModalities(0.7, 7).applyTo(SEGMENTS, present(had));
      for (int s = 0; s < left.size(); s++) {
        assertThat(left.row(s).and(had)).isEqualTo(left.row(s));
        assertThat(left.row(s).size()).isEqualTo(1);
      }
    }
    Presence nothing = present(ModalitySet.NONE);
    assertThat(sizes(new RandomModalities(0.7, 7).applyTo(SEGMENTS, nothing)).sum()).isZero();
  }

  @Test
  void dependsOnTheIdAndTheSeedButNotOnTheOrder() {
    List<SegmentInfo> reversed = new ArrayList<>(SEGMENTS);
    Collections.reverse(reversed);

    Presence left = new RandomModalities(0.4, 7).applyTo(SEGMENTS, ALL);
    Presence again = new RandomModalities(0.4, 7).applyTo(reversed, ALL);
    Presence other = new RandomModalities(0.4, 8).applyTo(SEGMENTS, ALL);

    int last = left.size() - 1;
    assertThat(IntStream.rangeClosed(0, last))
        .allMatch(s -> left.row(s).equals(again.row(last - s)))
        .anyMatch(s -> !left.row(s).equals(other.row(s)));
  }

  @Test
  void refusesImpossibleRates() {
    assertThatThrownBy(() -> new RandomModalities(Double.NaN, 0))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("NaN");
  }

  private static Presence present(ModalitySet set) {
    return Presence.of(Collections.nCopies(SEGMENTS.size(), set));
  }

  private static IntStream sizes(Presence presence) {
    return IntStream.range(0, presence.size()).map(s -> presence.row(s).size());
  }
}
