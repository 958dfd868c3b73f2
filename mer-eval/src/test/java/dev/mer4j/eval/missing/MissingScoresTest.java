package dev.mer4j.eval.missing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.ToyModels;
import org.junit.jupiter.api.Test;

final class MissingScoresTest {
  @Test
  void areThoseOfTheGrid() {
    SegmentSet segments = ToyModels.planted(60, 0.1, "test", 2);
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).build()) {
      MissingScores scores = MissingScores.of(Predictor.of(model), segments);
      MissingResult grid =
          MissingGrid.DEFAULT.run(Evaluator.withPriorsFrom(segments), "test", model, segments);

      assertThat(scores.full()).isEqualTo(grid.modalities().macroF1(0));
      assertThat(scores.area()).isEqualTo(grid.modalities().area());
      assertThat(scores.missing())
          .isCloseTo(
              grid.fixed().rows().stream()
                  .filter(row -> !row.available().equals(grid.fixed().full()))
                  .mapToDouble(ModalityTable.Row::macroF1)
                  .average()
                  .orElseThrow(),
              within(1e-12));
    }
  }
}
