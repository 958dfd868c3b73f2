package dev.mer4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.Samples;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  /** Expected: {@code sklearn.metrics.log_loss} of each emotion, averaged. */
  @Test
  void isTheMeanOverSegmentsAndEmotions() {
    Predictions two =
        Samples.predictions(
            LabelSet.MULTI_LABEL,
            Samples.prediction(0, Samples.scores(1, 0, 0, 2, 0, 0), .9, .2, .5, .4, .1, .3),
            Samples.prediction(1, Samples.scores(0, 0, 1, 0, 0, 0), .3, .6, .7, .2, .4, .1));

    assertThat(CrossEntropy.of(two)).isCloseTo(0.40574564579102845, within(1e-12));
  }

  /** Expected: {@code sklearn.metrics.log_loss} with six labels. */
  @Test
  void isThatOfTheTrueClassInTheSingleLabelTask() {
    Predictions three =
        Samples.predictions(
            LabelSet.singleLabel(TieRule.LEAVE_OUT),
            Samples.prediction(0, Samples.scores(1, 0, 0, 2, 0, 0), .1, .1, .2, .4, .1, .1),
            Samples.prediction(1, Samples.scores(1, 1, 0, 0, 0, 0), .9, .0, .0, .0, .1, .0),
            Samples.prediction(2, Samples.scores(0, 0, 3, 0, 0, 0), .3, .3, .25, .1, .05, .0));

    assertThat(CrossEntropy.of(three)).isCloseTo(1.151292546497023, within(1e-12));
  }

  @Test
  void isNotDefinedWithoutASegmentOfTheTask() {
    Predictions tie =
        Samples.predictions(
            LabelSet.singleLabel(TieRule.LEAVE_OUT),
            Samples.prediction(0, Samples.scores(1, 1, 0, 0, 0, 0), .9, .1, .0, .0, .0, .0));

    assertThat(CrossEntropy.of(tie)).isNaN();
  }

  @Test
  void certainWrongPredictionCostsTwentyFourBits() {
    Predictions wrong =
        Samples.predictions(
            LabelSet.singleLabel(TieRule.LEAVE_OUT),
            Samples.prediction(0, Samples.scores(1, 0, 0, 0, 0, 0), 0, 1, 0, 0, 0, 0));

    assertThat(CrossEntropy.of(wrong)).isCloseTo(24 * Math.log(2), within(1e-12));
  }
}
