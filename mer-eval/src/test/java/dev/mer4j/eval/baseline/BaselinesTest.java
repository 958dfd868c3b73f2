package dev.mer4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.Samples;
import dev.mer4j.eval.baseline.Baselines.FittedOn;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  /** The number of the 4,662 segments of CMU-MOSEI's test fold that have each emotion. */
  private static final int[] POSITIVES = {2505, 1129, 1071, 441, 805, 385};

  private static final int SEGMENTS = 4662;

  @Test
  void baselinesOfTheTestFoldEqualPublishedValues() {
    Baselines baselines = Baselines.of(List.of(), labeled(SEGMENTS, POSITIVES));

    MultiLabelMetrics all = multiLabel(baselines, "all positive");
    assertThat(all.macroF1()).isCloseTo(0.347, within(5e-4));
    assertThat(all.balancedAccuracy()).isEqualTo(0.5);
    MultiLabelMetrics majority = multiLabel(baselines, "majority");
    assertThat(majority.accuracy()).isCloseTo(0.786, within(5e-4));
    assertThat(majority.rocAuc()).isEqualTo(0.5);
    assertThat(majority.of(Emotion.HAPPY).averagePrecision())
        .isCloseTo(2505.0 / SEGMENTS, within(1e-12));
    double rarer = 6 * majority.weightedF1() - majority.of(Emotion.HAPPY).counts().weightedF1();
    assertThat(rarer / 5).isCloseTo(0.762, within(5e-4));
    assertThat(multiLabel(baselines, "always happy").micro().f1()).isCloseTo(0.456, within(5e-4));
    assertThat(multiLabel(baselines, "all negative").macroF1()).isZero();
  }

  @Test
  void aConstantClassReachesTheShareOfItsClass() {
    Predictions evaluated = strongest(629, 371, 0, 0, 0, 0);

    SingleLabelMetrics majority = Baselines.of(List.of(), evaluated).singleLabel().get(0).metrics();

    assertThat(majority.accuracy()).isEqualTo(0.629);
    assertThat(majority.uar()).isEqualTo(0.5);
    assertThat(majority.macro().f1()).isCloseTo(0.629 / 1.629, within(1e-12));
  }

  @Test
  void frequenciesComeFromTheTrainingLabels() {
    Predictions evaluated = strongest(9, 1, 0, 0, 0, 0);
    List<EmotionScores> training = List.of(Samples.scores(0, 0, 0, 0, 0, 1));

    Baselines baselines = Baselines.of(training, evaluated);

    assertThat(baselines.fittedOn()).isEqualTo(FittedOn.TRAINING_LABELS);
    assertThat(baselines.singleLabel().get(0).metrics().accuracy()).isZero();
    assertThat(multiLabel(baselines, "majority").of(Emotion.FEAR).counts().fp()).isEqualTo(10);
    assertThat(Baselines.of(List.of(), evaluated).fittedOn()).isEqualTo(FittedOn.EVALUATED_LABELS);
  }

  @Test
  void randomPredictorIsReportedButIsNoFloor() {
    Predictions evaluated = labeled(SEGMENTS, POSITIVES);
    Baselines baselines = Baselines.of(List.of(), evaluated);

    MultiLabelMetrics random = multiLabel(baselines, "prior-random");
    // Random predictions with frequency p have an expected F1 of p.
    assertThat(random.of(Emotion.HAPPY).counts().f1()).isCloseTo(2505.0 / SEGMENTS, within(0.03));
    assertThat(random.balancedAccuracy()).isCloseTo(0.5, within(0.02));
    assertThat(multiLabel(Baselines.of(List.of(), evaluated), "prior-random")).isEqualTo(random);
    for (Metric<MultiLabelMetrics> metric : MultiLabelMetrics.METRICS) {
      assertThat(baselines.bestMultiLabel(metric).name()).isNotEqualTo("prior-random");
    }
    SingleLabelMetrics one =
        Baselines.of(List.of(), strongest(629, 371, 0, 0, 0, 0)).singleLabel().get(7).metrics();
    assertThat(one.accuracy()).isCloseTo(0.629 * 0.629 + 0.371 * 0.371, within(0.04));
    assertThat(one.counts(Emotion.FEAR).fp()).isZero();
  }

  @Test
  void theBestConstantDependsOnTheMetric() {
    Baselines baselines = Baselines.of(List.of(), labeled(SEGMENTS, POSITIVES));

    assertThat(baselines.bestMultiLabel(multi("macro_f1")).name()).isEqualTo("all positive");
    assertThat(baselines.bestMultiLabel(multi("accuracy")).name()).isEqualTo("majority");
    assertThat(baselines.bestMultiLabel(multi("micro_f1")).name()).isEqualTo("always happy+sad");
  }

  @Test
  void anUndefinedMetricHasAFloorThatIsUndefined() {
    Predictions none = labeled(3, new int[Emotion.MOSEI.size()]);

    Baselines baselines = Baselines.of(List.of(), none);

    Metric<MultiLabelMetrics> auc = multi("roc_auc");
    assertThat(auc.of(baselines.bestMultiLabel(auc).metrics())).isNaN();
  }

  private static MultiLabelMetrics multiLabel(Baselines baselines, String name) {
    return baselines.multiLabel().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .metrics();
  }

  private static Metric<MultiLabelMetrics> multi(String key) {
    return MultiLabelMetrics.METRICS.stream()
        .filter(metric -> metric.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static Predictions labeled(int segments, int[] positives) {
    return predictions(
        IntStream.range(0, segments)
            .mapToObj(
                i ->
                    Samples.scores(
                        IntStream.of(positives).mapToDouble(p -> i < p ? 1 : 0).toArray()))
            .toList());
  }

  private static Predictions strongest(int... segments) {
    return predictions(
        IntStream.range(0, Emotion.MOSEI.size())
            .boxed()
            .flatMap(
                c ->
                    IntStream.range(0, segments[c])
                        .mapToObj(
                            i ->
                                Samples.scores(
                                    IntStream.range(0, Emotion.MOSEI.size())
                                        .mapToDouble(other -> other == c ? 2 : 0)
                                        .toArray())))
            .toList());
  }

  private static Predictions predictions(List<EmotionScores> labels) {
    List<Prediction> rows =
        IntStream.range(0, labels.size())
            .mapToObj(i -> Samples.prediction(i, labels.get(i), .5, .5, .5, .5, .5, .5))
            .toList();
    return new Predictions(LabelSet.singleLabel(TieRule.LEAVE_OUT), Thresholds.HALF, rows);
  }
}
