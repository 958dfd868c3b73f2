package dev.mer4j.eval.metric;

import static dev.mer4j.eval.NoneClassSamples.HAPPY;
import static dev.mer4j.eval.NoneClassSamples.NONE;
import static dev.mer4j.eval.NoneClassSamples.PREDICTIONS;
import static dev.mer4j.eval.NoneClassSamples.SAD;
import static dev.mer4j.eval.NoneClassSamples.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.Samples;
import dev.mer4j.eval.statistics.Uncertainty;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoneClassTest {
  @Test
  void theConfusionMatrixHasSevenRowsAndColumns() {
    SingleLabelMetrics metrics = SingleLabelMetrics.of(PREDICTIONS);

    int[][] expected = new int[7][7];
    expected[NONE][NONE] = 3;
    expected[NONE][HAPPY] = 1;
    expected[HAPPY][HAPPY] = 2;
    expected[HAPPY][NONE] = 1;
    expected[SAD][SAD] = 1;
    assertThat(metrics.confusion()).isEqualTo(ConfusionMatrix.of(expected));
    assertThat(metrics.segments()).isEqualTo(8);
    assertThat(metrics.excluded()).isEqualTo(1);
    assertThat(metrics.counts(NONE)).isEqualTo(new BinaryCounts(3, 1, 1, 3));
    assertThat(metrics.counts(Emotion.HAPPY)).isEqualTo(new BinaryCounts(2, 1, 1, 4));
    assertThat(metrics.accuracy()).isEqualTo(6 / 8.0);
    assertThat(metrics.uar()).isCloseTo((3 / 4.0 + 2 / 3.0 + 1) / 3, within(1e-12));
    assertThat(metrics.macro().f1()).isCloseTo((3 / 4.0 + 2 / 3.0 + 1) / 3, within(1e-12));
    assertThat(metrics.weighted().f1())
        .isCloseTo((4 * 3 / 4.0 + 3 * 2 / 3.0 + 1) / 8, within(1e-12));
  }

  @Test
  void noneMeansSixNegativeLabels() {
    MultiLabelMetrics metrics = MultiLabelMetrics.of(PREDICTIONS);

    assertThat(PREDICTIONS.predicted(0)).isEmpty();
    assertThat(PREDICTIONS.predicted(0, NONE)).isTrue();
    assertThat(PREDICTIONS.predicted(3)).containsExactly(Emotion.HAPPY);
    assertThat(PREDICTIONS.predicted(3, NONE)).isFalse();
    assertThat(PREDICTIONS.rows().get(0).mostProbable()).isEqualTo(Emotion.HAPPY);
    assertThat(metrics.of(Emotion.HAPPY).counts()).isEqualTo(new BinaryCounts(2, 1, 2, 4));
  }

  @Test
  void hasItsOwnF1AndFloor() {
    Evaluation evaluation = new Evaluator(List.of()).evaluate("test", PREDICTIONS);

    assertThat(evaluation.f1(NONE)).isEqualTo(0.75);
    assertThat(evaluation.f1(Emotion.HAPPY)).isEqualTo(evaluation.f1(HAPPY));
    // Half of the eight segments are of class "none".
    assertThat(evaluation.bestConstantF1(NONE)).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void theEstimateOfTheIntervalCountsItToo() {
    assertThat(Uncertainty.of(PREDICTIONS).macroF1().estimate())
        .isCloseTo(SingleLabelMetrics.of(PREDICTIONS).macro().f1(), within(1e-12));
  }

  @Test
  void refusesProbabilitiesOfAnotherScheme() {
    Predictions six =
        Samples.predictions(
            SCHEME,
            Samples.prediction(0, Samples.scores(1, 0, 0, 0, 0, 0), .5, .1, .1, .1, .1, .1));

    assertThatThrownBy(() -> SingleLabelMetrics.of(six))
        .isInstanceOf(MerException.class)
        .hasMessage("video0[0]: expected 7 probabilities, found 6");
  }
}
