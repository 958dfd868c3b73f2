package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decisions and calibrated probabilities depend on the available modalities. */
class DecisionsTest {
  private static final ModalitySet TEXT = ModalitySet.of(Modality.TEXT);
  private static final ModalitySet AUDIO = ModalitySet.of(Modality.AUDIO);
  private static final List<Emotion> LABELS = Emotion.listOf("a", "b", "c");
  private static final LabelSet SINGLE = LabelSet.singleLabel(LABELS, TieRule.LEAVE_OUT);
  private static final LabelSet NONE = LabelSet.singleLabel(LABELS, TieRule.NONE_CLASS);

  private static Prediction row(ModalitySet available, Double... probabilities) {
    SegmentInfo info =
        new SegmentInfo(new SegmentId("v", 0), 0, 1, EmotionScores.UNLABELED, PerModality.of());
    return new Prediction(info, available, LABELS, List.of(probabilities), PerModality.of());
  }

  private static int predicted(LabelSet scheme, Thresholds thresholds, Double... probabilities) {
    return new Predictions(scheme, thresholds, List.of(row(TEXT, probabilities))).predictedClass(0);
  }

  @Test
  void equalThresholdsPredictTheMostProbableClassTheFirstOnATie() {
    SeedStream draws = new Seeds(1).stream("equal");
    for (int i = 0; i < 500; i++) {
      Double[] p = {draws.nextInt(5) / 7.0, draws.nextInt(5) / 7.0, draws.nextInt(5) / 7.0};
      assertThat(predicted(SINGLE, Thresholds.half(3), p))
          .isEqualTo(row(TEXT, p).mostProbableClass());
    }
  }

  @Test
  void theClassWithTheHighestLogProbabilityPlusOffsetIsPredicted() {
    SeedStream draws = new Seeds(2).stream("offsets");
    for (int i = 0; i < 500; i++) {
      List<Double> thresholds = new ArrayList<>();
      Double[] p = new Double[3];
      int expected = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < 3; c++) {
        thresholds.add(1 - draws.nextDouble());
        p[c] = draws.nextDouble();
        double sum = Math.log(p[c]) - Math.log(thresholds.get(c));
        if (sum > highest) {
          highest = sum;
          expected = c;
        }
      }
      assertThat(predicted(SINGLE, new Thresholds(thresholds), p)).isEqualTo(expected);
    }
  }

  @Test
  void aLowEnoughThresholdPredictsItsClassForProbabilityZero() {
    assertThat(predicted(SINGLE, new Thresholds(List.of(0x1p-26, 1.0, 1.0)), 0.0, 1.0, 0.0))
        .isZero();
  }

  @Test
  void theClassNoneHasAThresholdToo() {
    Predictions predictions =
        new Predictions(
            NONE,
            new Thresholds(List.of(0.5, 0.5, 0.5, 0.1)),
            List.of(row(TEXT, 0.6, 0.1, 0.1, 0.2), row(TEXT, 0.9, 0.03, 0.03, 0.04)));

    assertThat(predictions.predicted(0)).isEmpty();
    assertThat(predictions.predicted(0, 3)).isTrue();
    assertThat(predictions.predicted(1)).isEqualTo(Set.of(LABELS.get(0)));
  }

  @Test
  void thresholdsOfEarlierVersionsLackTheClassNone() {
    assertThat(Thresholds.half(3).completedFor(NONE)).isEqualTo(Thresholds.half(4));
    assertThat(Thresholds.half(3).completedFor(SINGLE)).isEqualTo(Thresholds.half(3));
    assertThatThrownBy(() -> new Predictions(NONE, Thresholds.half(3), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a model of 4 classes needs as many thresholds");
  }

  @Test
  void refusesThresholdsOfZeroInTheSingleLabelTask() {
    Thresholds zero = new Thresholds(List.of(0.5, 0.5, 0.0));
    Thresholds inSet = new Thresholds(List.of(0.5, 0.5, 0.5), Map.of(TEXT, zero.perEmotion()));

    for (Thresholds each : List.of(zero, inSet)) {
      assertThatThrownBy(() -> each.requireClasses(SINGLE))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("must be above 0");
      each.requireClasses(LabelSet.multiLabel(LABELS));
    }
  }

  @Test
  void temperaturesAreThoseOfTheAvailableModalitiesAndChangeNoDecision() {
    Temperatures temperatures =
        new Temperatures(List.of(1.0, 1.0, 1.0), Map.of(TEXT, List.of(2.0, 2.0, 0.5)));
    Predictions predictions =
        new Predictions(
            LabelSet.multiLabel(LABELS),
            new Thresholds(List.of(0.7, 0.7, 0.7)),
            Optional.of(temperatures),
            List.of(row(TEXT, 0.8, 0.5, 0.9), row(AUDIO, 0.8, 0.5, 0.9)));

    // A logit of log 4 halved is log 2; one of log 9 doubled is log 81.
    assertThat(predictions.calibrated(0).get(0)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(predictions.calibrated(0).get(1)).isCloseTo(0.5, within(1e-12));
    assertThat(predictions.calibrated(0).get(2)).isCloseTo(81 / 82.0, within(1e-12));
    assertThat(predictions.calibrated(1).get(0)).isCloseTo(0.8, within(1e-12));
    assertThat(predictions.predicted(0)).isEqualTo(Set.of(LABELS.get(0), LABELS.get(2)));
    assertThat(predictions.rows().get(0).probabilities()).containsExactly(0.8, 0.5, 0.9);
  }

  @Test
  void theSingleLabelTaskScalesTheSoftmax() {
    Predictions predictions =
        new Predictions(SINGLE, Thresholds.half(3), List.of(row(TEXT, 0.64, 0.32, 0.04)));
    List<Double> roots =
        predictions.withTemperatures(new Temperatures(Collections.nCopies(3, 2.0))).calibrated(0);

    double sum = 0.8 + Math.sqrt(0.32) + 0.2;
    assertThat(roots.get(0)).isCloseTo(0.8 / sum, within(1e-12));
    assertThat(roots.get(2)).isCloseTo(0.2 / sum, within(1e-12));
    assertThat(predictions.calibrated(0)).isEqualTo(predictions.rows().get(0).probabilities());
  }

  @Test
  void refusesTemperaturesThatAreNotAboveZeroOrNotOneForEachClass() {
    assertThatThrownBy(() -> new Temperatures(List.of(1.0, 0.0)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Temperatures(List.of(1.0), Map.of(TEXT, List.of(1.0, 1.0))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("text");
    assertThatThrownBy(() -> new Temperatures(List.of(1.0)).requireClasses(SINGLE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("3 classes");
  }
}
