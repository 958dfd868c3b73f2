package dev.mer4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiLabelMetricsTest {
  @Test
  void refusesToEvaluateNoSegments() {
    Predictions none = new Predictions(LabelSet.MULTI_LABEL, Thresholds.HALF, List.of());

    assertThatThrownBy(() -> MultiLabelMetrics.of(none))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("no segment to evaluate");
  }

  @Test
  void namesTheSegmentWithANanProbability() {
    Predictions diverged =
        Samples.predictions(
            LabelSet.MULTI_LABEL,
            Samples.prediction(7, Samples.scores(1, 0, 0, 0, 0, 0), 0, 0, Double.NaN, 0, 0, 0));

    assertThatThrownBy(() -> MultiLabelMetrics.of(diverged))
        .isInstanceOf(MerException.class)
        .hasMessageStartingWith(
            "video1[7]: expected 6 probabilities in [0, 1], found [0.0, 0.0, NaN")
        .hasMessageContaining("diverged");
  }

  @Test
  void aSingleLabelModelPredictsOneEmotionPerSegment() {
    Predictions predictions =
        Samples.predictions(
            LabelSet.singleLabel(TieRule.LEAVE_OUT),
            Samples.prediction(0, Samples.scores(1, 1, 0, 0, 0, 0), .3, .3, .1, .1, .1, .1));

    MultiLabelMetrics metrics = MultiLabelMetrics.of(predictions);

    assertThat(metrics.of(Emotion.HAPPY).counts()).isEqualTo(new BinaryCounts(1, 0, 0, 0));
    assertThat(metrics.of(Emotion.SAD).counts()).isEqualTo(new BinaryCounts(0, 0, 1, 0));
    assertThat(metrics.jaccard()).isEqualTo(0.5);
  }

  @Test
  void refusesNegativeCounts() {
    assertThatThrownBy(() -> new BinaryCounts(1, -2, 3, 4))
        .isInstanceOf(MerException.class)
        .hasMessage("counts must not be negative: tp 1, fp -2, fn 3, tn 4");
  }
}
