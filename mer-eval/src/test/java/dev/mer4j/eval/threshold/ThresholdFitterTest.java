package dev.mer4j.eval.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.ExpectedMetrics;
import dev.mer4j.eval.Samples;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThresholdFitterTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.mer4j.eval.ExpectedMetrics#all")
  void equalsAnExhaustiveSearch(ExpectedMetrics expected) {
    assertThat(ThresholdFitter.fit(expected.predictions())).isEqualTo(expected.fitted());
  }

  @Test
  void noGridOfThresholdsIsBetter() {
    Predictions validation = Samples.random(LabelSet.MULTI_LABEL, 500, 1.5, 3);
    MultiLabelMetrics fitted =
        MultiLabelMetrics.of(validation.withThresholds(ThresholdFitter.fit(validation)));

    for (double t = 0; t <= 1; t += 0.01) {
      MultiLabelMetrics grid =
          MultiLabelMetrics.of(
              validation.withThresholds(
                  new Thresholds(Collections.nCopies(Emotion.MOSEI.size(), t))));
      for (Emotion emotion : Emotion.MOSEI) {
        assertThat(fitted.of(emotion).counts().f1())
            .isGreaterThanOrEqualTo(grid.of(emotion).counts().f1());
      }
    }
  }

  @Test
  void doesNotDependOnTheOrderOfSegments() {
    Predictions validation = Samples.random(LabelSet.MULTI_LABEL, 200, 1, 5);
    List<Prediction> reversed = new ArrayList<>(validation.rows());
    Collections.reverse(reversed);

    assertThat(
            ThresholdFitter.fit(new Predictions(LabelSet.MULTI_LABEL, Thresholds.HALF, reversed)))
        .isEqualTo(ThresholdFitter.fit(validation));
  }

  @Test
  void isOneHalfWithoutSegments() {
    Predictions none = new Predictions(LabelSet.MULTI_LABEL, Thresholds.HALF, List.of());

    assertThat(ThresholdFitter.fit(none)).isEqualTo(Thresholds.HALF);
  }
}
