package dev.mer4j.eval.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.missing.MissingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelConditionsTest {
  private static final SegmentSet TEST = ToyModels.planted(70, 0.1, "test", 2);

  @Test
  void theMissingGridGivesTheSameScores() {
    try (MultimodalModel model = ToyModels.small(Fusion.attention()).build()) {
      BenchmarkMasks masks =
          BenchmarkMasks.of(3, TEST, List.of("fixed", "random-modality:0.4", "frame:0.5"));
      BenchmarkScorer scorer = new BenchmarkScorer(masks, List.of());
      ModelConditions.predict(
          model, TEST, masks, (condition, predictions, done) -> scorer.add(condition, predictions));
      BenchmarkResult result = scorer.result();
      MissingResult grid =
          new MissingGrid(3, List.of(0.0, 0.4), List.of(0.0, 0.5))
              .run(new Evaluator(List.of()), "test", model, TEST);

      Map<String, Double> macroF1 = new LinkedHashMap<>();
      result.rows().forEach(row -> macroF1.put(row.condition().name(), row.macroF1()));
      grid.fixed()
          .evaluations()
          .forEach(
              (set, evaluation) ->
                  assertThat(
                          macroF1.get(
                              set.equals(ModalitySet.of(Modality.MOSEI)) ? "full" : "fixed:" + set))
                      .isEqualTo(evaluation.macroF1()));
      assertThat(macroF1.get("random-modality:0.4")).isEqualTo(grid.modalities().macroF1(1));
      assertThat(macroF1.get("frame:0.5")).isEqualTo(grid.steps().macroF1(1));
      assertThat(result.areas().get(Protocol.FRAME)).isEqualTo(grid.steps().area());
      // The grid computes the missing share as 1 minus the share that is left.
      assertThat(result.areas().get(Protocol.RANDOM_MODALITY))
          .isCloseTo(grid.modalities().area(), within(1e-14));
      assertThat(result.balance(masks.modalities())).isPresent();
    }
  }

  @Test
  void everyConditionPredictsEverySegment() {
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).build()) {
      BenchmarkMasks masks = BenchmarkMasks.of(0, TEST, List.of());
      Map<Condition, Predictions> predicted = new LinkedHashMap<>();
      ModelConditions.predict(
          model, TEST, masks, (condition, rows, done) -> predicted.put(condition, rows));

      assertThat(List.copyOf(predicted.keySet())).isEqualTo(masks.conditions());
      predicted.forEach(
          (condition, rows) ->
              assertThat(rows.rows())
                  .hasSize(70)
                  .allSatisfy(
                      row ->
                          assertThat(row.available())
                              .isEqualTo(masks.left(condition, row.segment()))));
    }
  }

  @Test
  void degradedFeaturesAreThoseOfTheMasks() {
    BenchmarkMasks masks =
        BenchmarkMasks.of(0, TEST, List.of("swap:1", "shift:0.5", "gaussian:2", "frame:0.5"));
    Standardization standardization = Standardization.fit(TEST);
    for (int s = 0; s < TEST.size(); s++) {
      for (Modality modality : TEST.info(s).modalities().toList()) {
        Features own = TEST.features(s, modality);
        for (Condition condition : masks.conditions()) {
          Degradation change = masks.of(condition, TEST.info(s));
          Features read =
              new DegradedSegments(TEST, condition, masks, standardization).features(s, modality);
          if (change.swapped().has(modality)) {
            own = TEST.features(index(change.swapped().get(modality)), modality);
          }
          assertThat(read.steps()).isEqualTo(own.steps());
          int by = change.shift().find(modality).orElse(0);
          for (int t = 0; t < own.steps(); t++) {
            boolean erased = change.erased().has(modality) && change.erased().get(modality).get(t);
            for (int d = 0; d < own.width(); d++) {
              float value = read.values()[Math.floorMod(t + by, own.steps()) * own.width() + d];
              if (erased) {
                assertThat(value).isEqualTo((float) standardization.of(modality).mean()[d]);
              } else if (change.noise().isEmpty()) {
                assertThat(value).isEqualTo(own.values()[t * own.width() + d]);
              } else {
                assertThat(value).isNotEqualTo(own.values()[t * own.width() + d]);
              }
            }
          }
          own = TEST.features(s, modality);
        }
      }
    }
  }

  private static int index(SegmentId id) {
    for (int s = 0; s < TEST.size(); s++) {
      if (TEST.info(s).id().equals(id)) {
        return s;
      }
    }
    throw new AssertionError(id.toString());
  }
}
