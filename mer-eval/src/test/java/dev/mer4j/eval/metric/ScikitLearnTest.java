package dev.mer4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mer4j.data.Emotion;
import dev.mer4j.eval.ExpectedMetrics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScikitLearnTest {
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.mer4j.eval.ExpectedMetrics#all")
  void multiLabelMetricsAreScikitLearns(ExpectedMetrics expected) {
    MultiLabelMetrics metrics = MultiLabelMetrics.of(expected.predictions());

    for (Metric<MultiLabelMetrics> metric : MultiLabelMetrics.METRICS) {
      same(metric.key(), metric.of(metrics), expected.multiLabel().get(metric.key()));
    }
    same("micro", metrics.micro(), expected.multiLabel().get("micro"));
    same("macro", metrics.macro(), expected.multiLabel().get("macro"));
    same("weighted", metrics.weighted(), expected.multiLabel().get("weighted"));
    same("samples", metrics.samples(), expected.multiLabel().get("samples"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.mer4j.eval.ExpectedMetrics#all")
  void metricsOfEachEmotionAreScikitLearns(ExpectedMetrics expected) {
    MultiLabelMetrics metrics = MultiLabelMetrics.of(expected.predictions());

    for (Emotion emotion : expected.labels()) {
      JsonNode json = expected.multiLabel().get("emotions").get(emotion.key());
      BinaryCounts counts = metrics.of(emotion).counts();
      assertThat(counts)
          .isEqualTo(
              new BinaryCounts(
                  json.get("tp").intValue(),
                  json.get("fp").intValue(),
                  json.get("fn").intValue(),
                  json.get("tn").intValue()));
      same("precision", counts.precision(), json.get("precision"));
      same("recall", counts.recall(), json.get("recall"));
      same("f1", counts.f1(), json.get("f1"));
      same("weighted F1", counts.weightedF1(), json.get("weighted_f1"));
      same("accuracy", counts.accuracy(), json.get("accuracy"));
      same("balanced accuracy", counts.balancedAccuracy(), json.get("balanced_accuracy"));
      same("AP", metrics.of(emotion).averagePrecision(), json.get("average_precision"));
      same("AUC", metrics.of(emotion).rocAuc(), json.get("roc_auc"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.mer4j.eval.ExpectedMetrics#all")
  void singleLabelMetricsAreScikitLearns(ExpectedMetrics expected) {
    SingleLabelMetrics metrics = SingleLabelMetrics.of(expected.predictions());
    JsonNode json = expected.singleLabel();

    assertThat(metrics.excluded()).isEqualTo(json.get("left_out").intValue());
    assertThat(metrics.confusion().rows().toString().replace(" ", ""))
        .isEqualTo(json.get("confusion").toString());
    for (Metric<SingleLabelMetrics> metric : SingleLabelMetrics.METRICS) {
      same(metric.key(), metric.of(metrics), json.path(metric.key()));
    }
    if (metrics.segments() > 0) {
      same("macro", metrics.macro(), json.get("macro"));
      same("weighted", metrics.weighted(), json.get("weighted"));
    }
  }

  private static void same(String what, Average actual, JsonNode expected) {
    same(what, actual.precision(), expected.get("precision"));
    same(what, actual.recall(), expected.get("recall"));
    same(what, actual.f1(), expected.get("f1"));
  }

  private static void same(String what, double actual, JsonNode expected) {
    if (expected.isNumber()) {
      assertThat(actual).as(what).isCloseTo(expected.doubleValue(), within(TOLERANCE));
    } else {
      assertThat(actual).as(what).isNaN();
    }
  }
}
