package dev.mer4j.eval.statistics;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.Samples;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UncertaintyTest {
  @Test
  void weightTwoEqualsADuplicatedSegment() {
    Predictions predictions = Samples.random(LabelSet.MULTI_LABEL, 80, 1, 3);
    int[] weights = new int[80];
    SeedStream draws = new Seeds(1).stream("weights");
    List<Prediction> repeated = new ArrayList<>();
    for (int s = 0; s < 80; s++) {
      weights[s] = draws.nextInt(4);
      for (int w = 0; w < weights[s]; w++) {
        repeated.add(predictions.rows().get(s));
      }
    }
    MultiLabelMetrics expected =
        MultiLabelMetrics.of(new Predictions(LabelSet.MULTI_LABEL, Thresholds.HALF, repeated));

    double[] weighted = new WeightedMetrics(predictions).of(weights);

    assertThat(weighted[0]).isCloseTo(expected.macroF1(), within(1e-14));
    assertThat(weighted[1]).isCloseTo(expected.balancedAccuracy(), within(1e-14));
    assertThat(weighted[2]).isCloseTo(expected.averagePrecision(), within(1e-14));
    assertThat(weighted[3]).isCloseTo(expected.rocAuc(), within(1e-14));
    assertThat(weighted[4 + Emotion.MOSEI.indexOf(Emotion.SAD)])
        .isCloseTo(expected.of(Emotion.SAD).counts().f1(), within(1e-14));
  }

  @Test
  void theHeadlineOfASingleLabelModelIsItsOwn() {
    Predictions predictions = Samples.random(LabelSet.singleLabel(TieRule.LEAVE_OUT), 200, 1, 3);

    Uncertainty uncertainty = Uncertainty.of(predictions);

    assertThat(uncertainty.macroF1().estimate())
        .isCloseTo(SingleLabelMetrics.of(predictions).macro().f1(), within(1e-15));
    assertThat(uncertainty.macroF1().contains(uncertainty.macroF1().estimate())).isTrue();
  }

  @Test
  void isNarrowerWithMoreVideos() {
    Predictions few = Samples.random(LabelSet.MULTI_LABEL, 400, 1, 3);
    Predictions many = Samples.random(LabelSet.MULTI_LABEL, 6400, 1, 3);

    Interval wide = Uncertainty.of(few).macroF1();
    Interval narrow = Uncertainty.of(many).macroF1();

    // Sixteen times the videos: a quarter of the width.
    assertThat((wide.high() - wide.low()) / (narrow.high() - narrow.low())).isBetween(3.0, 5.5);
  }

  @Test
  void hasNoIntervalOfOneVideo() {
    Uncertainty one = Uncertainty.of(Samples.random(LabelSet.MULTI_LABEL, 7, 1, 3));

    assertThat(one.groups()).hasToString("1 video");
    assertThat(one.macroF1().estimate()).isPositive();
    assertThat(one.macroF1().isDefined()).isFalse();
    assertThat(one.isComplete()).isFalse();
  }

  @Test
  void hasNoIntervalWhereTheMetricIsNotDefined() {
    Predictions none =
        Samples.predictions(
            LabelSet.MULTI_LABEL,
            Samples.prediction(0, Samples.scores(0, 0, 0, 0, 0, 0), .1, .2, .3, .4, .5, .6));

    assertThat(Uncertainty.of(none).rocAuc())
        .isEqualTo(new Interval(Double.NaN, Double.NaN, Double.NaN));
  }

  @Test
  void hasNoIntervalOfAnEmotionThatOneVideoHas() {
    Predictions predictions = onlyIn(Samples.random(LabelSet.MULTI_LABEL, 70, 1, 3), "video4");

    Uncertainty uncertainty = Uncertainty.of(predictions);

    assertThat(uncertainty.averagePrecision().estimate())
        .isEqualTo(MultiLabelMetrics.of(predictions).averagePrecision());
    assertThat(uncertainty.averagePrecision().isDefined()).isFalse();
    assertThat(uncertainty.f1().get(Emotion.FEAR).isDefined()).isFalse();
    assertThat(uncertainty.f1().get(Emotion.HAPPY).isDefined()).isTrue();
  }

  @Test
  void hasNoIntervalWhereNoVideoMakesADifference() {
    Predictions perfect =
        Samples.predictions(
            LabelSet.MULTI_LABEL,
            Samples.prediction(0, Samples.scores(1, 0, 1, 0, 1, 0), .9, .1, .9, .1, .9, .1),
            Samples.prediction(7, Samples.scores(0, 1, 1, 0, 0, 0), .1, .9, .9, .1, .1, .1),
            Samples.prediction(14, Samples.scores(1, 1, 0, 0, 1, 0), .9, .9, .1, .1, .9, .1));

    Uncertainty uncertainty = Uncertainty.of(perfect);

    assertThat(uncertainty.f1().get(Emotion.HAPPY)).isEqualTo(new Interval(1, NaN, NaN));
    assertThat(uncertainty.f1().get(Emotion.SURPRISE)).isEqualTo(new Interval(0, NaN, NaN));
    assertThat(uncertainty.rocAuc()).isEqualTo(new Interval(1, NaN, NaN));
  }

  /**
   * 200 data sets of 100 videos with 1 to 40 correlated segments. At 95 % the standard deviation of
   * a share of 200 is 1.5 points; the limits are three of them away, and above the 86 % that
   * percentiles of a bootstrap reach for average precision here.
   */
  @Test
  void ninetyFivePercentOfIntervalsContainTheTrueValue() {
    Simulation simulation = StatisticsSimulationTest.multiLabel(100, false);

    assertThat(Coverage.ofMetrics(simulation, 200, Coverage::jackknife).values())
        .hasSize(10)
        .allMatch(share -> share >= 0.905 && share <= 0.995);
  }

  /** The same scores, but only this video has fear. */
  private static Predictions onlyIn(Predictions predictions, String video) {
    List<Prediction> rows = new ArrayList<>();
    for (Prediction row : predictions.rows()) {
      SegmentInfo info = row.segment();
      double[] scores = new double[Emotion.MOSEI.size()];
      for (Emotion emotion : Emotion.MOSEI) {
        scores[Emotion.MOSEI.indexOf(emotion)] = info.scores().of(emotion);
      }
      scores[Emotion.MOSEI.indexOf(Emotion.FEAR)] = info.id().video().equals(video) ? 1 : 0;
      SegmentInfo own = new SegmentInfo(info.id(), 0, 1, Samples.scores(scores), PerModality.of());
      rows.add(new Prediction(own, row.available(), row.probabilities(), row.attention()));
    }
    return new Predictions(predictions.scheme(), predictions.thresholds(), rows);
  }
}
