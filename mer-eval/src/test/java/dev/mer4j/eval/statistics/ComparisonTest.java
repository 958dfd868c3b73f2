package dev.mer4j.eval.statistics;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.Samples;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Predictions MODEL = Samples.random(LabelSet.MULTI_LABEL, 700, 4, 3);

  @Test
  void modelDoesNotDifferFromItself() {
    Comparison comparison = Comparison.of(MODEL, MODEL);

    assertThat(comparison.metrics())
        .allSatisfy(
            each -> {
              assertThat(each.difference()).isEqualTo(new Interval(0, NaN, NaN));
              assertThat(each.p()).isEqualTo(1);
            });
    assertThat(comparison.emotions()).allMatch(each -> each.f1Holm() == 1);
    assertThat(comparison.emotions()).allMatch(each -> each.decisionsHolm() == 1);
  }

  @Test
  void detectsWorseDecisions() {
    Comparison comparison = Comparison.of(MODEL, disturbed(MODEL, 4, 1));

    assertThat(comparison.metrics())
        .allSatisfy(
            each -> {
              assertThat(each.a()).isGreaterThan(each.b());
              assertThat(each.difference().low()).isPositive();
              assertThat(each.p()).isLessThan(0.01);
            });
    assertThat(comparison.groups()).hasToString("100 videos");
    Comparison.EmotionDifference happy = comparison.emotions().get(0);
    assertThat(happy.decisions().onlyA()).isGreaterThan(happy.decisions().onlyB());
    assertThat(happy.decisionsHolm()).isGreaterThanOrEqualTo(happy.decisions().p());
  }

  @Test
  void falsePositiveRateIsAtMostTheLevel() {
    int significant = 0;
    for (int simulation = 0; simulation < 200; simulation++) {
      Predictions base = Samples.random(LabelSet.MULTI_LABEL, 350, 1, 100 + simulation);
      Comparison comparison =
          Comparison.of(
              disturbed(base, 0.5, 2L * simulation), disturbed(base, 0.5, 2L * simulation + 1));
      significant += comparison.metrics().get(0).p() < 0.05 ? 1 : 0;
    }
    // 5 % of 200 is 10; the standard deviation is 3.
    assertThat(significant).isBetween(1, 20);
  }

  @Test
  void refusesOtherSegments() {
    Predictions fewer = Samples.random(LabelSet.MULTI_LABEL, 699, 1, 3);

    assertThatThrownBy(() -> Comparison.of(MODEL, fewer))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("same segments")
        .hasMessageContaining("700 and 699");
  }

  private static Predictions disturbed(Predictions predictions, double noise, long seed) {
    SeedStream draws = new Seeds(seed).stream("noise");
    List<Prediction> rows = new ArrayList<>();
    for (Prediction row : predictions.rows()) {
      List<Double> probabilities = new ArrayList<>();
      for (Emotion emotion : Emotion.MOSEI) {
        double p = row.probability(emotion);
        double logit = Math.log(p / (1 - p)) + draws.nextGaussian(0, noise);
        probabilities.add(1 / (1 + Math.exp(-logit)));
      }
      rows.add(new Prediction(row.segment(), row.available(), probabilities, row.attention()));
    }
    return new Predictions(predictions.scheme(), predictions.thresholds(), rows);
  }
}
