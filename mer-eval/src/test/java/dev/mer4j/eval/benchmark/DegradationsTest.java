package dev.mer4j.eval.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.eval.missing.ErasedSteps;
import dev.mer4j.eval.missing.RandomModalities;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DegradationsTest {
  private static final List<SegmentInfo> SEGMENTS = Infos.many(600);
  private static final Degradations MASKS = new Degradations(4, SEGMENTS);
  private static final SegmentInfo ALIGNED = Infos.of("a", 0, 10, 10, 10);

  @ParameterizedTest
  @EnumSource(
      names = {"RANDOM_MODALITY", "INDEPENDENT_MODALITY", "FRAME", "SHARED_FRAME", "BLOCK", "SWAP"})
  void inputMissingAtOneRateIsMissingAtEveryHigherOne(Protocol protocol) {
    for (SegmentInfo segment : SEGMENTS.subList(0, 50)) {
      Degradation lower = Degradation.NONE;
      for (double rate : protocol.rates()) {
        Degradation higher = MASKS.of(Condition.at(protocol, rate), segment);
        assertThat(higher.missing().containsAll(lower.missing())).isTrue();
        assertThat(higher.swapped().toMap()).containsAllEntriesOf(lower.swapped().toMap());
        lower
            .erased()
            .forEach(
                (modality, steps) -> {
                  BitSet left = (BitSet) steps.clone();
                  left.andNot(higher.erased().get(modality));
                  assertThat(left.isEmpty()).isTrue();
                });
        lower = higher;
      }
    }
  }

  @Test
  void fixedSetsRandomModalitiesAndFramesAreThoseOfTheMissingGrid() {
    for (SegmentInfo segment : SEGMENTS.subList(0, 50)) {
      ModalitySet left =
          new RandomModalities(0.4, 4)
              .applyTo(List.of(segment), Presence.of(List.of(segment.modalities())))
              .row(0);
      ModalitySet missing =
          MASKS.of(Condition.at(Protocol.RANDOM_MODALITY, 0.4), segment).missing();
      assertThat(left.and(missing)).isEqualTo(ModalitySet.NONE);
      assertThat(left.size() + missing.size()).isEqualTo(3);
      assertThat(MASKS.of(Condition.parse("fixed:audio"), segment).missing())
          .isEqualTo(ModalitySet.of(Modality.TEXT, Modality.VISUAL));
      Degradation frame = MASKS.of(Condition.at(Protocol.FRAME, 0.3), segment);
      for (Modality modality : Modality.MOSEI) {
        assertThat(frame.erased().get(modality))
            .isEqualTo(ErasedSteps.mask(segment, modality, 0.3, 4));
      }
    }
  }

  @Test
  void eachModalityIsMissingAtItsOwnRateButNeverAll() {
    Map<Modality, Integer> counts = new HashMap<>();
    Condition condition = Condition.parse("imbalanced:text=0.1+audio=0.5");
    Condition all = Condition.parse("imbalanced:text=1+audio=1+visual=1");
    for (SegmentInfo segment : SEGMENTS) {
      for (Modality modality : MASKS.of(condition, segment).missing().toList()) {
        counts.merge(modality, 1, Integer::sum);
      }
      assertThat(MASKS.of(all, segment).missing().size()).isEqualTo(2);
    }
    // Visual, whose rate is 0, is always kept, so the others have exactly their rates; the standard
    // deviation of a share of 600 is at most 0.02.
    assertThat(counts).doesNotContainKey(Modality.VISUAL);
    assertThat(counts.get(Modality.TEXT) / 600.0).isCloseTo(0.1, within(0.05));
    assertThat(counts.get(Modality.AUDIO) / 600.0).isCloseTo(0.5, within(0.08));
  }

  @Test
  void independentModalitiesCanAllBeMissing() {
    Condition condition = Condition.at(Protocol.INDEPENDENT_MODALITY, 1);

    assertThat(MASKS.of(condition, ALIGNED).missing()).isEqualTo(ModalitySet.of(Modality.MOSEI));
  }

  @Test
  void sharedStepsAreTheSameInModalitiesOfEqualLength() {
    for (Protocol protocol : List.of(Protocol.SHARED_FRAME, Protocol.BLOCK)) {
      PerModality<BitSet> erased = MASKS.of(Condition.at(protocol, 0.5), ALIGNED).erased();
      assertThat(erased.values()).hasSize(3).containsOnly(erased.get(Modality.TEXT));
    }
    assertThat(MASKS.of(Condition.at(Protocol.SHARED_FRAME, 1), ALIGNED).erased().values())
        .allMatch(steps -> steps.cardinality() == 10);
  }

  @Test
  void aBlockIsContiguousAndHasTheRoundedLength() {
    int[] starts = new int[8];
    for (SegmentInfo segment : SEGMENTS) {
      SegmentInfo ten = Infos.of(segment.id().video(), segment.id().index(), 10, 10, 10);
      BitSet block = MASKS.of(Condition.at(Protocol.BLOCK, 0.3), ten).erased().get(Modality.TEXT);
      assertThat(block.cardinality()).isEqualTo(3);
      assertThat(block.nextClearBit(block.nextSetBit(0)) - block.nextSetBit(0)).isEqualTo(3);
      starts[block.nextSetBit(0)]++;
    }
    // 600 draws over the eight possible starts: 75 each, standard deviation 8.
    assertThat(Arrays.stream(starts)).allMatch(count -> count > 40 && count < 110);
    SegmentInfo five = Infos.of("a", 1, 5, 5, 5);
    // 0.5 of 5 steps is 2.5, rounded half to even.
    assertThat(MASKS.of(Condition.at(Protocol.BLOCK, 0.5), five).erased().get(Modality.TEXT))
        .satisfies(block -> assertThat(block.cardinality()).isEqualTo(2));
  }

  @Test
  void stepsOfShorterModalitiesAreErasedWithTheirMidpoint() {
    SegmentInfo segment = Infos.of("a", 0, 2, 8, 0);
    // Of eight cells, cell 2 is at the midpoint of the first of two steps, cell 6 of the second.
    PerModality<BitSet> erased =
        MASKS.of(Condition.at(Protocol.SHARED_FRAME, 0.5), segment).erased();

    assertThat(erased.get(Modality.TEXT).get(0)).isEqualTo(erased.get(Modality.AUDIO).get(2));
    assertThat(erased.get(Modality.TEXT).get(1)).isEqualTo(erased.get(Modality.AUDIO).get(6));
    assertThat(erased.get(Modality.VISUAL).isEmpty()).isTrue();
  }

  @Test
  void segmentsWithoutStepsAreUnchanged() {
    SegmentInfo empty = Infos.of("a", 0, 0, 0, 0);
    for (Protocol protocol : Protocol.values()) {
      if (protocol.hasCurve() && !protocol.removesModalities()) {
        Degradation own = MASKS.of(Condition.at(protocol, 1), empty);
        assertThat(own.erased().values()).allMatch(BitSet::isEmpty);
        assertThat(own.shift().values()).allMatch(by -> by == 0);
      }
    }
  }

  @Test
  void shiftsAreAShareOfTheLengthInEitherDirection() {
    List<Integer> shifts = new ArrayList<>();
    for (SegmentInfo segment : SEGMENTS) {
      shifts.add(MASKS.of(Condition.at(Protocol.SHIFT, 0.1), segment).shift().get(Modality.AUDIO));
    }

    assertThat(shifts).containsOnly(2, -2);
    assertThat(Collections.frequency(shifts, 2)).isBetween(250, 350);
  }

  @Test
  void swappedModalitiesAreFromOtherVideosAndDoNotDependOnTheOrder() {
    List<SegmentInfo> reversed = new ArrayList<>(SEGMENTS);
    Collections.reverse(reversed);
    Degradations others = new Degradations(4, reversed);
    Condition condition = Condition.at(Protocol.SWAP, 0.6);
    int swaps = 0;
    for (SegmentInfo segment : SEGMENTS) {
      PerModality<SegmentId> swapped = MASKS.of(condition, segment).swapped();
      assertThat(swapped).isEqualTo(others.of(condition, segment).swapped());
      assertThat(swapped.values())
          .hasSizeLessThan(3)
          .noneMatch(id -> id.video().equals(segment.id().video()));
      swaps += swapped.size();
    }
    // Three of three are drawn with probability 0.216, and then one is kept: 1.8 - 0.216.
    assertThat(swaps / 600.0).isCloseTo(1.584, within(0.15));
    List<SegmentInfo> one = Infos.many(3);
    assertThat(new Degradations(0, one).of(Condition.at(Protocol.SWAP, 1), one.get(0)).swapped())
        .isEqualTo(PerModality.of());
  }

  @Test
  void noiseStreamsDoNotDependOnTheLevel() {
    long one =
        MASKS.of(Condition.at(Protocol.GAUSSIAN, 0.5), ALIGNED).noise().get(Modality.TEXT).start();
    long two =
        MASKS.of(Condition.at(Protocol.GAUSSIAN, 2), ALIGNED).noise().get(Modality.TEXT).start();

    assertThat(one).isEqualTo(two).isNotEqualTo(new Seeds(4).stream("benchmark").start());
  }
}
