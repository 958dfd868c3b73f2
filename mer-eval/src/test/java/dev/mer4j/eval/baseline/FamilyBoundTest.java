package dev.mer4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.synth.Family;
import dev.mer4j.data.synth.FamilyData;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.Predictor.Prepared;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.threshold.SetThresholds;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FamilyBoundTest {
  private static final List<Modality> PAIR = List.of(Modality.TEXT, Modality.AUDIO);

  /** The bound also has thresholds of the validation split, so it is not above by construction. */
  @ParameterizedTest
  @EnumSource
  void isAboveLogisticRegression(Family family) {
    FamilyData data = FamilyData.generate(family, 5, 120);
    ValidationSplit valid = ValidationSplit.of(data.split(Split.VALID));
    SegmentSet test = data.split(Split.TEST);
    Predictor regression = LogisticRegression.fit(TrainingSplit.of(data.split(Split.TRAIN)), valid);

    Prepared bound = SetThresholds.fitted(new FamilyBound(data), valid).prepare(test);
    Prepared model = SetThresholds.fitted(regression, valid).prepare(test);

    assertThat(macroF1(bound, Modality.MOSEI)).isGreaterThan(macroF1(model, Modality.MOSEI));
    assertThat(macroF1(bound, PAIR)).isGreaterThan(macroF1(model, PAIR));
    assertThat(FamilyBound.macroF1(data))
        .hasSize(7)
        .containsEntry("text+audio+visual", macroF1(bound, Modality.MOSEI));
  }

  private static double macroF1(Prepared prepared, List<Modality> available) {
    return MultiLabelMetrics.of(
            prepared.predict(prepared.presence().and(ModalitySet.of(available))))
        .macroF1();
  }
}
