package dev.mer4j.eval.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.Samples;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassThresholdFitterTest {
  /** Random labels with unequal frequencies, and probabilities that are little use; many ties. */
  private static Predictions random(long seed, int classes, int count) {
    SeedStream draws = new Seeds(seed).stream("classes");
    List<Emotion> labels =
        IntStream.range(0, classes).mapToObj(c -> Emotion.of("label " + c)).toList();
    List<Prediction> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] scores = new double[classes];
      int truth = Math.min(draws.nextInt(classes), draws.nextInt(classes));
      scores[truth] = 1;
      double[] probabilities = new double[classes];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        probabilities[c] = (float) (draws.nextInt(6) / (1.0 + c) + (c == truth ? 1 : 0));
        sum += probabilities[c];
      }
      for (int c = 0; c < classes; c++) {
        probabilities[c] /= Math.max(1, sum);
      }
      rows.add(Samples.prediction(i, labels, scores, probabilities));
    }
    LabelSet scheme = LabelSet.singleLabel(labels, TieRule.LEAVE_OUT);
    return new Predictions(scheme, Thresholds.half(classes), rows);
  }

  private static double macroF1(Predictions predictions, List<Double> thresholds) {
    return SingleLabelMetrics.of(predictions.withThresholds(new Thresholds(thresholds)))
        .macro()
        .f1();
  }

  private static List<Double> with(List<Double> thresholds, int label, double value) {
    List<Double> changed = new ArrayList<>(thresholds);
    changed.set(label, value);
    return changed.stream().map(t -> t * 0x1p-40).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noOtherThresholdOfOneClassIsBetter(long seed) {
    Predictions validation = random(seed, 2 + (int) seed % 4, 40);
    List<Double> fitted = ThresholdFitter.fit(validation).perEmotion();
    double best = macroF1(validation, fitted);

    for (int c = 0; c < fitted.size(); c++) {
      for (double t = 0x1p-30; t < 0x1p30; t *= 1.04) {
        assertThat(macroF1(validation, with(fitted, c, fitted.get(c) * t)))
            .isLessThanOrEqualTo(best + 1e-9);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void isNeverBelowTheMostProbableClassOrAConstant(long seed) {
    for (int n : new int[] {1, 2, 7, 60}) {
      Predictions validation = random(seed + n, 2 + (int) seed % 6, n);
      double fitted = macroF1(validation, ThresholdFitter.fit(validation).perEmotion());

      assertThat(fitted).isGreaterThanOrEqualTo(SingleLabelMetrics.of(validation).macro().f1());
      for (int c = 0; c < validation.scheme().classCount(); c++) {
        List<Double> always =
            new ArrayList<>(Collections.nCopies(validation.scheme().classCount(), 1.0));
        always.set(c, 0x1p-30);
        assertThat(fitted).isGreaterThanOrEqualTo(macroF1(validation, always) - 1e-12);
      }
    }
  }

  @Test
  void twoClassesReachTheBestOfAnExhaustiveSearch() {
    for (long seed = 30; seed < 60; seed++) {
      Predictions validation = random(seed, 2, 25);
      double best = 0;
      for (Prediction row : validation.rows()) {
        double ratio =
            Thresholds.ratio(
                row.probabilities().get(0), Thresholds.ratio(row.probabilities().get(1), 1));
        for (double side : new double[] {1 - 1e-9, 1 + 1e-9}) {
          best = Math.max(best, macroF1(validation, with(List.of(1.0, 1.0), 0, ratio * side)));
        }
      }

      // Only the ratio of two thresholds matters, and it changes a prediction only at these ratios.
      assertThat(macroF1(validation, ThresholdFitter.fit(validation).perEmotion()))
          .isCloseTo(best, within(1e-12));
    }
  }

  @Test
  void doesNotDependOnTheOrderOfSegmentsAndStaysInRange() {
    Predictions validation = random(70, 7, 120);
    List<Prediction> reversed = new ArrayList<>(validation.rows());
    Collections.reverse(reversed);
    Thresholds fitted = ThresholdFitter.fit(validation);

    assertThat(ThresholdFitter.fit(validation.withRows(reversed))).isEqualTo(fitted);
    assertThat(Collections.max(fitted.perEmotion())).isBetween(0.5, 1.0);
    assertThat(fitted.perEmotion()).allMatch(t -> t > 0);
  }

  @Test
  void classesWithoutSegmentsAndSplitsWithoutSegmentsOfTheTaskKeepOneHalf() {
    LabelSet scheme = LabelSet.singleLabel(TieRule.LEAVE_OUT);
    Predictions tied =
        Samples.predictions(
            scheme, Samples.prediction(0, Samples.scores(1, 1, 0, 0, 0, 0), .5, .3, .2, 0, 0, 0));
    Predictions right =
        Samples.predictions(
            scheme,
            Samples.prediction(0, Samples.scores(1, 0, 0, 0, 0, 0), .5, .3, .2, 0, 0, 0),
            Samples.prediction(1, Samples.scores(0, 1, 0, 0, 0, 0), .3, .5, .2, 0, 0, 0));

    assertThat(ThresholdFitter.fit(tied)).isEqualTo(Thresholds.HALF);
    assertThat(ThresholdFitter.fit(right)).isEqualTo(Thresholds.HALF);
  }
}
