package dev.mer4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.MerException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final ModalitySet TEXT = ModalitySet.of(Modality.TEXT);
  private static final ModalitySet AUDIO = ModalitySet.of(Modality.AUDIO);

  private final Evaluator evaluator = new Evaluator(List.of());

  @Test
  void countsSegmentsByAvailableModalities() {
    List<Prediction> rows = new ArrayList<>(random(3, ModalitySet.of(Modality.MOSEI)).rows());
    rows.addAll(random(2, TEXT).rows());

    Evaluation evaluation =
        evaluator.evaluate("test", new Predictions(LabelSet.MULTI_LABEL, Thresholds.HALF, rows));

    assertThat(evaluation.segments()).isEqualTo(5);
    assertThat(evaluation.available())
        .containsExactly(Map.entry(ModalitySet.of(Modality.MOSEI), 3), Map.entry(TEXT, 2));
  }

  @Test
  void theHeadlineIsThatOfTheTaskTheModelWasTrainedFor() {
    Predictions multi = Samples.random(LabelSet.MULTI_LABEL, 100, 1, 2);
    Predictions single = Samples.random(LabelSet.singleLabel(TieRule.LEAVE_OUT), 100, 1, 2);

    Evaluation ofMulti = evaluator.evaluate("test", multi);
    Evaluation ofSingle = evaluator.evaluate("test", single);

    assertThat(ofMulti.macroF1()).isEqualTo(ofMulti.multiLabel().macroF1());
    assertThat(ofSingle.macroF1()).isEqualTo(ofSingle.singleLabel().macro().f1());
  }

  @Test
  void comparesModalitiesAgainstTheFullestInput() {
    ModalityTable table =
        evaluator.compare(
            "test",
            Map.of(
                TEXT,
                Samples.random(LabelSet.MULTI_LABEL, 300, 0, 2, TEXT),
                TEXT.with(Modality.AUDIO),
                Samples.random(LabelSet.MULTI_LABEL, 300, 3, 2, TEXT.with(Modality.AUDIO))));

    assertThat(table.protocol()).isEqualTo("fixed");
    assertThat(table.full()).isEqualTo(TEXT.with(Modality.AUDIO));
    assertThat(table.rows())
        .filteredOn(row -> row.available().equals(TEXT))
        .singleElement()
        .satisfies(
            row -> {
              double full = table.evaluations().get(table.full()).macroF1();
              assertThat(row.drop()).isPositive();
              assertThat(row.macroF1() + row.drop()).isCloseTo(full, within(1e-15));
            });
  }

  @Test
  void omitsSetsOfWhichNoSegmentHasAModality() {
    SegmentSet planted = ToyModels.planted(12, 0, "v", 1);
    List<Segment> textOnly = new ArrayList<>();
    for (int s = 0; s < planted.size(); s++) {
      SegmentInfo info = planted.info(s);
      Features text = planted.features(s, Modality.TEXT);
      textOnly.add(
          new Segment(info.id(), 0, 1, info.scores(), PerModality.of(Modality.TEXT, text)));
    }
    SegmentSet segments = SegmentList.of(textOnly);
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).build()) {
      ModalityTable table = evaluator.compare("test", model, segments);

      assertThat(table.evaluations().keySet())
          .containsExactlyInAnyOrder(
              TEXT,
              TEXT.with(Modality.AUDIO),
              TEXT.with(Modality.VISUAL),
              ModalitySet.of(Modality.MOSEI));
    }
  }

  @Test
  void refusesToCompareDifferentSegments() {
    Map<ModalitySet, Predictions> different =
        Map.of(
            TEXT,
            random(3, TEXT),
            ModalitySet.of(Modality.MOSEI),
            random(4, ModalitySet.of(Modality.MOSEI)));

    assertThatThrownBy(() -> evaluator.compare("test", different))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("same segments");
  }

  @Test
  void refusesADropWithoutAFullSet() {
    Map<ModalitySet, Predictions> apart = Map.of(TEXT, random(3, TEXT), AUDIO, random(3, AUDIO));

    assertThatThrownBy(() -> evaluator.compare("test", apart))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("contains all others");
  }

  private static Predictions random(int segments, ModalitySet available) {
    return Samples.random(LabelSet.MULTI_LABEL, segments, 1, 2, available);
  }
}
