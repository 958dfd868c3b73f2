package dev.mer4j.eval.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.FixedSets;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.ToyModels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetThresholdsTest {
  private static final SegmentSet SEGMENTS = ToyModels.planted(150, 0.2, "valid", 4);
  private static final ValidationSplit VALID = ValidationSplit.of(SEGMENTS);

  @Test
  void areThoseOfAnExhaustiveSearchOverTheSegmentsWithTheSet() {
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).build()) {
      Thresholds fitted = SetThresholds.fit(model, VALID, Thresholds.HALF);

      assertThat(fitted.perEmotion()).isEqualTo(Thresholds.HALF.perEmotion());
      assertThat(fitted.bySet()).containsOnlyKeys(sets(model));
      for (ModalitySet set : sets(model)) {
        List<Prediction> rows =
            model.predict(SEGMENTS, set).rows().stream()
                .filter(row -> row.segment().modalities().containsAll(set))
                .toList();
        assertThat(rows).isNotEmpty().hasSizeLessThan(SEGMENTS.size());
        for (int c = 0; c < 6; c++) {
          int label = c;
          double own = f1(rows, label, fitted.of(set).get(label));
          double best =
              rows.stream()
                  .mapToDouble(row -> f1(rows, label, row.probabilities().get(label)))
                  .max()
                  .orElseThrow();
          assertThat(own).isEqualTo(best);
        }
      }
    }
  }

  @Test
  void noSetIsBelowTheBestConstantOfEachLabelOnTheValidationData() {
    SegmentSet complete = ToyModels.planted(120, 0, "valid", 9);
    try (MultimodalModel model = ToyModels.small(Fusion.attention()).build()) {
      model.setThresholds(SetThresholds.fit(model, ValidationSplit.of(complete), Thresholds.HALF));
      ModalityTable table = Evaluator.withPriorsFrom(complete).compare("valid", model, complete);

      for (ModalityTable.Row row : table.rows()) {
        assertThat(row.macroF1()).as("%s", row).isGreaterThanOrEqualTo(row.constant());
        assertThat(row.macroF1()).as("%s", row).isGreaterThanOrEqualTo(row.fullThresholds());
      }
    }
  }

  @Test
  void predictionsUseTheThresholdsOfTheirOwnModalities() {
    ModalitySet text = ModalitySet.of(Modality.TEXT);
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).build()) {
      Thresholds never = new Thresholds(Collections.nCopies(6, 1.0));
      model.setThresholds(
          new Thresholds(
              never.perEmotion(), Collections.singletonMap(text, Collections.nCopies(6, 0.0))));
      Predictions predictions = model.predict(SEGMENTS);

      for (int s = 0; s < predictions.size(); s++) {
        boolean alone = predictions.rows().get(s).available().equals(text);
        assertThat(predictions.predicted(s)).hasSize(alone ? 6 : 0);
      }
      assertThat(model.predict(SEGMENTS, text).rows())
          .filteredOn(row -> row.available().equals(text))
          .isNotEmpty();
    }
  }

  @Test
  void setsWithoutSegmentsAndEmotionsWithoutSegmentsKeepTheFallback() {
    PerModality<Integer> widths = ToyModels.WIDTHS;
    SegmentSet textOnly =
        ToyModels.planted(PerModality.of(Modality.TEXT, widths.get(Modality.TEXT)), 30, 0, "v", 2);
    Thresholds fallback = new Thresholds(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6));
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).build()) {
      Thresholds fitted = SetThresholds.fit(model, ValidationSplit.of(textOnly), fallback);

      assertThat(fitted.bySet()).containsOnlyKeys(ModalitySet.of(Modality.TEXT));
      assertThat(fitted.of(ModalitySet.of(Modality.AUDIO))).isEqualTo(fallback.perEmotion());
    }
  }

  @Test
  void noSetOfTheSingleLabelTaskIsBelowTheBestConstantOrTheMostProbableClass() {
    for (TieRule ties : TieRule.values()) {
      SegmentSet complete = ToyModels.planted(90, 0, "valid", 9);
      LabelSet labels = LabelSet.singleLabel(ties);
      try (MultimodalModel model = ToyModels.small(Fusion.attention()).labels(labels).build()) {
        Evaluator evaluator = Evaluator.withPriorsFrom(complete);
        ModalityTable before = evaluator.compare("valid", model, complete);
        ValidationSets sets = ValidationSets.of(model, ValidationSplit.of(complete));
        model.setThresholds(SetThresholds.fit(sets));
        ModalityTable table = evaluator.compare("valid", model, complete);

        assertThat(model.thresholds().bySet()).hasSize(7);
        assertThat(model.thresholds().perEmotion())
            .isEqualTo(ThresholdFitter.fit(sets.own()).perEmotion());
        for (int r = 0; r < table.rows().size(); r++) {
          ModalityTable.Row row = table.rows().get(r);
          assertThat(row.macroF1()).isGreaterThanOrEqualTo(row.constant() - 1e-12);
          assertThat(row.macroF1()).isGreaterThanOrEqualTo(before.rows().get(r).macroF1() - 1e-12);
          assertThat(before.rows().get(r).fullThresholds())
              .isEqualTo(before.rows().get(r).macroF1());
        }
      }
    }
  }

  @Test
  void setsWithoutSegmentsOfTheTaskKeepTheFallback() {
    LabelSet labels = LabelSet.singleLabel(TieRule.LEAVE_OUT);
    SegmentSet unlabeled = ToyModels.planted(30, 0, "v", 2);
    Thresholds fallback = new Thresholds(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6));
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).labels(labels).build()) {
      Predictions none = model.predict(unlabeled).withRows(List.of());
      ValidationPredictions empty = ValidationPredictions.of(ValidationSplit.of(unlabeled), none);

      assertThat(
              SetThresholds.fit(
                  ValidationSets.of(empty, Map.of(ModalitySet.of(Modality.TEXT), empty)), fallback))
          .isEqualTo(fallback);
    }
  }

  private static List<ModalitySet> sets(MultimodalModel model) {
    return FixedSets.of(ModalitySet.of(model.config().inputs().modalities()));
  }

  private static double f1(List<Prediction> rows, int label, double threshold) {
    int tp = 0;
    int wrong = 0;
    for (Prediction row : rows) {
      boolean present = row.segment().scores().of(row.labels().get(label)) > 0;
      boolean predicted = row.probabilities().get(label) >= threshold;
      if (present && predicted) {
        tp++;
      } else if (present != predicted) {
        wrong++;
      }
    }
    return tp == 0 ? 0 : 2.0 * tp / (2 * tp + wrong);
  }
}
