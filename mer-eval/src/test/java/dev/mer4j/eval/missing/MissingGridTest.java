package dev.mer4j.eval.missing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.missing.RateCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MissingGridTest {
  private static final SegmentSet TEST = ToyModels.planted(300, 0.1, "test", 2);
  private static final Evaluator EVALUATOR = new Evaluator(List.of());

  @Test
  void masksAreTheSameForEveryModel() {
    MissingGrid grid = new MissingGrid(4, List.of(0.0, 0.3, 0.7), List.of(0.0, 0.5));
    try (MultimodalModel one = ToyModels.small(Fusion.attention()).build();
        MultimodalModel other = ToyModels.small(Fusion.concatenation()).seed(8).build()) {
      MissingResult a = grid.run(EVALUATOR, "test", one, TEST);
      MissingResult b = grid.run(EVALUATOR, "test", other, TEST);
      MissingResult elsewhere =
          new MissingGrid(5, grid.modalityRates(), grid.stepRates())
              .run(EVALUATOR, "test", one, TEST);

      for (int c = 0; c < 2; c++) {
        assertThat(a.curves().get(c).points())
            .extracting(Point::masks)
            .doesNotHaveDuplicates()
            .isEqualTo(b.curves().get(c).points().stream().map(Point::masks).toList());
      }
      assertThat(a.modalities().points().get(1).masks())
          .isNotEqualTo(elsewhere.modalities().points().get(1).masks());
    }
  }

  @Test
  void everyCurveStartsAtFullInputAndRecordsItsMasks() {
    List<String> updates = new ArrayList<>();
    try (MultimodalModel model = ToyModels.small(Fusion.attention()).build()) {
      MissingResult result =
          MissingGrid.DEFAULT.run(
              EVALUATOR,
              "test",
              model,
              TEST,
              model.encode(TEST),
              (done, total) -> updates.add(done + "/" + total));

      Evaluation full = result.fixed().evaluations().get(ModalitySet.of(Modality.MOSEI));
      assertThat(result.fixed().evaluations()).hasSize(7);
      for (RateCurve curve : result.curves()) {
        assertThat(curve.macroF1(0)).isEqualTo(full.macroF1());
        assertThat(curve.drop(0)).isZero();
        assertThat(curve.points().get(0).missing()).isZero();
        for (Point point : curve.points()) {
          // 300 segments; at most two thirds of the modalities can be missing, fewer where some are
          // absent.
          assertThat(point.missing()).isCloseTo(point.rate(), within(0.08));
        }
      }
      assertThat(updates).hasSize(19).startsWith("7/25").endsWith("25/25");
    }
  }

  @Test
  void progressEndsAtItsTotalIfNoSegmentHasAModality() {
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < 20; s++) {
      Segment own = TEST.segment(s);
      Features text = new Features(1, 4, new float[4]);
      segments.add(
          new Segment(
              own.id(), own.start(), own.end(), own.scores(), PerModality.of(Modality.TEXT, text)));
    }
    SegmentSet textOnly = SegmentList.of(segments);
    List<String> updates = new ArrayList<>();
    try (MultimodalModel model = ToyModels.small(Fusion.attention()).build()) {
      MissingGrid.DEFAULT.run(
          EVALUATOR,
          "test",
          model,
          textOnly,
          model.encode(textOnly),
          (done, total) -> updates.add(done + "/" + total));
    }

    // Text, with audio, with visual and all; 8 rates of modalities, 10 of steps.
    assertThat(updates).startsWith("4/22").endsWith("22/22");
  }

  @Test
  void missingSignalLowersMacroF1() {
    SegmentSet train = ToyModels.planted(500, 0, "train", 3);
    try (MultimodalModel model = ToyModels.trained(Fusion.concatenation(), train, 12)) {
      MissingResult result =
          new MissingGrid(0, List.of(0.0, 0.4, 0.7), List.of(0.0, 0.5, 0.9))
              .run(EVALUATOR, "test", model, ToyModels.planted(300, 0, "test", 2));

      Map<Emotion, Modality> planted =
          Map.of(
              Emotion.HAPPY, Modality.TEXT,
              Emotion.DISGUST, Modality.TEXT,
              Emotion.SAD, Modality.AUDIO,
              Emotion.ANGER, Modality.VISUAL);
      planted.forEach(
          (emotion, where) ->
              result
                  .fixed()
                  .evaluations()
                  .forEach(
                      (available, evaluation) -> {
                        double auc = evaluation.multiLabel().of(emotion).rocAuc();
                        if (available.contains(where)) {
                          assertThat(auc).isGreaterThan(0.95);
                        } else {
                          assertThat(auc).isBetween(0.35, 0.65);
                        }
                      }));
      result
          .fixed()
          .evaluations()
          .values()
          .forEach(
              evaluation ->
                  assertThat(evaluation.multiLabel().of(Emotion.SURPRISE).rocAuc())
                      .isGreaterThan(0.95));
      assertThat(result.modalities().drop(2)).isGreaterThan(0.05);
      assertThat(result.steps().drop(2)).isPositive();
      assertThat(result.modalities().area())
          .isBetween(result.modalities().macroF1(2), result.modalities().macroF1(0));
    }
  }

  @Test
  void refusesRatesThatDoNotAscendFromZero() {
    assertThatThrownBy(() -> new MissingGrid(0, List.of(0.1, 0.2), List.of(0.0, 0.0)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("missing modalities must ascend from 0 to at most 1: [0.1, 0.2]")
        .hasMessageContaining("erased steps");
  }
}
