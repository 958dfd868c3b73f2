package dev.mer4j.eval.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Temperatures;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.FixedSets;
import dev.mer4j.eval.Samples;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.metric.CrossEntropy;
import dev.mer4j.eval.threshold.ValidationSets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemperatureFitterTest {
  private static final SegmentSet VALID = ToyModels.planted(120, 0.2, "valid", 4);
  private static final SegmentSet TEST = ToyModels.planted(60, 0.2, "test", 5);

  static List<LabelSet> schemes() {
    return List.of(LabelSet.MULTI_LABEL, LabelSet.singleLabel(TieRule.NONE_CLASS));
  }

  private static MultimodalModel model(LabelSet scheme) {
    return ToyModels.small(Fusion.concatenation()).labels(scheme).build();
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void noOtherTemperatureLowersTheCrossEntropyOfASet(LabelSet scheme) {
    try (MultimodalModel model = model(scheme)) {
      Temperatures fitted =
          TemperatureFitter.fit(ValidationSets.of(model, ValidationSplit.of(VALID)));

      for (ModalitySet set : FixedSets.of(ModalitySet.of(VALID.widths().modalities()))) {
        Predictions exact = model.predict(VALID, set).labeled().from(set);
        double best = loss(exact, fitted.of(set));
        for (double factor : new double[] {0.3, 0.8, 0.99, 1.01, 1.25, 3}) {
          List<Double> others =
              fitted.of(set).stream().map(t -> Math.min(20, Math.max(0.05, t * factor))).toList();
          assertThat(loss(exact, others)).isGreaterThanOrEqualTo(best - 1e-9);
        }
      }
    }
  }

  private static double loss(Predictions predictions, List<Double> temperatures) {
    return CrossEntropy.of(
        Calibration.calibrated(predictions.withTemperatures(new Temperatures(temperatures))));
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void calibrationBySetUsesTheModelsOwnTemperatures(LabelSet scheme) {
    ValidationSplit valid = ValidationSplit.of(VALID);
    try (MultimodalModel model = model(scheme)) {
      Calibration without = Calibration.of(model, model.encode(TEST), valid);
      Temperatures fitted = TemperatureFitter.fit(ValidationSets.of(model, valid));
      model.setTemperatures(fitted);
      Calibration with = Calibration.of(model, model.encode(TEST), valid);

      long segments =
          IntStream.range(0, VALID.size())
              .filter(s -> scheme.targets(VALID.info(s).scores()).isPresent())
              .count();
      assertThat(without.fittedOn()).contains((int) segments);
      assertThat(with.fittedOn()).isEmpty();
      assertThat(with.temperatures()).isEqualTo(fitted).isEqualTo(without.temperatures());
      assertThat(with.sets()).isEqualTo(without.sets()).hasSize(7);
      for (SetCalibration each : with.sets()) {
        Predictions exact = model.predict(TEST, each.available()).labeled().from(each.available());
        assertThat(each.segments()).isEqualTo(exact.size()).isPositive();
        assertThat(each.loss().before()).isEqualTo(CrossEntropy.of(exact));
        assertThat(each.loss().after())
            .isCloseTo(loss(exact, fitted.of(each.available())), within(1e-12));
        assertThat(each.ece().before()).isEqualTo(Reliability.of(exact).ece());
      }
    }
  }

  @Test
  void isOneWithoutSegmentsOfTheTask() {
    Predictions tied =
        Samples.predictions(
            LabelSet.singleLabel(TieRule.LEAVE_OUT),
            Samples.prediction(0, Samples.scores(1, 1, 0, 0, 0, 0), .5, .3, .2, 0, 0, 0));

    assertThat(TemperatureFitter.fit(tied).perEmotion()).isEqualTo(Collections.nCopies(6, 1.0));
  }
}
