package dev.mer4j.data.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class OverlapTest {
  @RepeatedTest(50)
  void equalsTheRuleAppliedRowByRow(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int count = random.nextInt(40);
    double[] intervals = new double[2 * count];
    for (int i = 0; i < intervals.length; i++) {
      // A coarse grid and a shift by the rule's tolerance make boundaries coincide often.
      intervals[i] = random.nextInt(20) / 4.0 - 1 + (random.nextInt(5) - 2) * 0.5e-5;
    }
    double start = random.nextInt(20) / 4.0 - 1;
    double end = start + random.nextInt(9) / 4.0 - 0.5;

    SegmentRows rows = new Overlap(entry(intervals)).within(start, end);

    List<Integer> byStart = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byStart.add(i);
    }
    byStart.sort(Comparator.comparing(i -> intervals[2 * i]));
    List<Integer> expected = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (int i : byStart) {
      double s0 = intervals[2 * i];
      double s1 = intervals[2 * i + 1];
      if (end - s0 > -1e-5 && s1 - start > -1e-5) {
        double c0 = s0 > start ? s0 : start;
        double c1 = s1 < end ? s1 : end;
        double length = c0 > c1 ? c0 - c1 : c1 - c0;
        if (length > 1e-5 || (s0 == s1 && start <= s0 && s0 < end)) {
          expected.add(i);
          times.add(c0);
          times.add(c1);
        }
      }
    }
    assertThat(rows.order()).containsExactly(expected.stream().mapToInt(i -> i).toArray());
    assertThat(rows.first()).isEqualTo(times.isEmpty() ? Double.valueOf(Double.NaN) : times.get(0));
    assertThat(rows.last())
        .isEqualTo(times.isEmpty() ? Double.valueOf(Double.NaN) : times.get(times.size() - 1));
  }

  @Test
  void anInstantBelongsToOneOfTwoAdjacentIntervals() {
    Overlap points = new Overlap(entry(0, 0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1, 1));
    assertThat(points.within(0, 0.5).order()).containsExactly(0, 1);
    assertThat(points.within(0.5, 1).order()).containsExactly(2, 3);
    assertThat(points.within(0.5, 1).first()).isEqualTo(0.5);
    assertThat(points.within(0.5, 1).last()).isEqualTo(0.75);
  }

  @Test
  void anEmptyIntervalContainsNothing() {
    assertThat(new Overlap(entry()).within(0, 1).count()).isZero();
    assertThat(new Overlap(entry()).all().count()).isZero();
  }

  @Test
  void anIntervalBelowTheToleranceIsNegligible() {
    assertThat(Overlap.negligible(2, 2 + 0.9e-5)).isTrue();
    assertThat(Overlap.negligible(2, 2 - 0.9e-5)).isTrue();
    assertThat(Overlap.negligible(2, 2 + 1.1e-5)).isFalse();
  }

  private static CsdEntry entry(double... intervals) {
    return new CsdEntry("v", intervals, new Rows.Floats(1, new float[intervals.length / 2]));
  }
}
