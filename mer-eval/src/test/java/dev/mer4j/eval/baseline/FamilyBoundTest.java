package dev.mer4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.synth.Family;
import dev.mer4j.data.synth.FamilyData;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.missing.MissingScores;
import dev.mer4j.eval.threshold.SetThresholds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FamilyBoundTest {
  /** The bound also has thresholds of the validation split, so it is not above by construction. */
  @ParameterizedTest
  @EnumSource
  void isAboveLogisticRegression(Family family) {
    FamilyData data = FamilyData.generate(family, 5, 120);
    ValidationSplit valid = ValidationSplit.of(data.split(Split.VALID));
    SegmentSet test = data.split(Split.TEST);
    Predictor regression = LogisticRegression.fit(TrainingSplit.of(data.split(Split.TRAIN)), valid);

    MissingScores bound =
        MissingScores.of(SetThresholds.fitted(new FamilyBound(data), valid), test);
    MissingScores model = MissingScores.of(SetThresholds.fitted(regression, valid), test);

    assertThat(bound.full()).isGreaterThan(model.full());
    assertThat(bound.area()).isGreaterThan(model.area());
  }
}
