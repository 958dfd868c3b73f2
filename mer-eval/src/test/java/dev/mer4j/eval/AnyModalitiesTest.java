package dev.mer4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.attribution.Attribution;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.missing.ErasedSteps;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.missing.MissingResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluations of other modalities than those of CMU-MOSEI. */
class AnyModalitiesTest {
  private static final String SIX = "text,audio,visual,eeg,gaze,pose";

  @ParameterizedTest
  @CsvSource({
    "gaze,1",
    "'text,gaze',3",
    "'text,audio,visual,gaze',15",
    "'a,b,c,d,e',31",
    "'" + SIX + "',28",
    "'a,b,c,d,e,f,g',36",
    "'a,b,c,d,e,f,g,h',45"
  })
  void theTableHasSetsOfTheDataSModalities(String modalities, int expected) {
    ModalitySet all = ModalitySet.parse(modalities);
    List<ModalitySet> sets = FixedSets.of(all);
    assertThat(sets).hasSize(expected).doesNotHaveDuplicates().endsWith(all);
    assertThat(sets)
        .containsAll(all.toList().stream().map(ModalitySet::of).toList())
        .containsAll(all.toList().stream().map(all::without).filter(s -> !s.isEmpty()).toList());
    assertThat(FixedSets.isComplete(all)).isEqualTo(expected == (1 << all.size()) - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaze", "text,gaze", "text,audio,visual,gaze", SIX})
  void theGridEvaluatesEverySet(String modalities) {
    PerModality<Integer> widths = ToyModels.widths(modalities);
    SegmentSet test = ToyModels.planted(widths, 90, 0.1, "test", 2);
    List<String> progress = new ArrayList<>();
    try (MultimodalModel model = ToyModels.small(Fusion.attention(), widths).build()) {
      MissingResult result =
          new MissingGrid(0, List.of(0.0, 0.5), List.of(0.0, 0.5))
              .run(
                  new Evaluator(List.of()),
                  "test",
                  model,
                  test,
                  model.encode(test),
                  (done, total) -> progress.add(done + "/" + total));

      ModalitySet all = ModalitySet.parse(modalities);
      int sets = FixedSets.of(all).size();
      assertThat(result.fixed().evaluations().keySet())
          .containsExactlyElementsOf(FixedSets.of(all));
      assertThat(result.fixed().full()).isEqualTo(all);
      assertThat(progress)
          .startsWith(sets + "/" + (sets + 4))
          .endsWith((sets + 4) + "/" + (sets + 4));
      double lost = result.modalities().points().get(1).missing();
      assertThat(lost).isCloseTo(all.size() == 1 ? 0 : 0.5, within(0.1));
      assertThat(result.steps().points().get(1).missing()).isCloseTo(0.5, within(0.05));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaze", "text,gaze", "text,audio,visual,gaze", SIX})
  void shapleyValuesAddUp(String modalities) {
    PerModality<Integer> widths = ToyModels.widths(modalities);
    SegmentSet test = ToyModels.planted(widths, 40, 0.2, "test", 2);
    try (MultimodalModel model = ToyModels.small(Fusion.attention(), widths).build()) {
      Attributions attributions = Attributions.of(model, model.encode(test));
      for (Attribution row : attributions.rows()) {
        assertThat(row.shapley().modalities()).isEqualTo(row.prediction().available().toList());
        for (int c = 0; c < 6; c++) {
          double sum = 0;
          for (Modality modality : widths.modalities()) {
            sum += row.of(modality, c);
          }
          assertThat(sum).isCloseTo(row.logits().get(c) - row.base().get(c), within(1e-5));
        }
      }
      assertThat(attributions.shares()).hasSize(6 * widths.size());
    }
  }

  @Test
  void findsTheModalityThatShowsAnEmotion() {
    PerModality<Integer> widths = ToyModels.widths("text,audio,visual,gaze");
    SegmentSet train = ToyModels.planted(widths, 500, 0, "train", 3);
    try (MultimodalModel model = ToyModels.trained(Fusion.concatenation(), train, 12)) {
      SegmentSet test = ToyModels.planted(widths, 200, 0, "test", 2);
      ModalityTable table = new Evaluator(List.of()).compare("test", model, test);
      int shown = widths.modalities().indexOf(Modality.of("gaze"));
      table
          .evaluations()
          .forEach(
              (available, evaluation) -> {
                double auc = evaluation.multiLabel().emotions().get(shown).rocAuc();
                if (available.contains(Modality.of("gaze"))) {
                  assertThat(auc).isGreaterThan(0.95);
                }
              });
    }
  }

  @Test
  void whatIsErasedInOneModalityDoesNotDependOnTheOthers() {
    SegmentSet four =
        ToyModels.planted(ToyModels.widths("text,audio,visual,gaze"), 20, 0, "test", 2);
    Modality gaze = Modality.of("gaze");
    for (int s = 0; s < four.size(); s++) {
      assertThat(ErasedSteps.mask(four.info(s), gaze, 1, 3).cardinality())
          .isEqualTo(four.info(s).steps(gaze));
      assertThat(ErasedSteps.mask(four.info(s), gaze, 0.5, 3))
          .isEqualTo(ErasedSteps.mask(four.segment(s).info(), gaze, 0.5, 3));
    }
  }
}
