package dev.mer4j.onnx;

import static dev.mer4j.onnx.OutputAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.Contributions;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The outputs beside probabilities and decisions, compared without {@link Differences}. */
class OnnxOutputsTest {
  private static Exported export(Fusion fusion, LabelSet labels) {
    return Exported.of(TestModels.config(fusion, labels).build());
  }

  @Test
  void rowsDoNotDependOnTheirBatch() {
    try (Exported exported = export(new Fusion.Attention(4), LabelSet.MULTI_LABEL)) {
      List<Prediction> expected = exported.model().predict(TestModels.SEGMENTS).rows();
      for (int s = 0; s < 10; s++) {
        assertClose(
            exported.session().run(TestModels.SEGMENTS, s, s + 1).probabilities()[0],
            expected.get(s).probabilities());
      }
    }
  }

  @Test
  void attentionIsThatOfThePrediction() {
    for (Fusion fusion : List.of(new Fusion.Attention(4), Fusion.attentionSum())) {
      try (Exported exported = export(fusion, LabelSet.MULTI_LABEL)) {
        RuntimeSession.Outputs found = exported.session().run(TestModels.SEGMENTS, 0, 20);
        List<Prediction> expected = exported.model().predict(TestModels.SEGMENTS).rows();
        for (int s = 0; s < 20; s++) {
          Prediction row = expected.get(s);
          assertClose(
              found.attention()[s],
              TestModels.SEGMENTS.widths().modalities().stream()
                  .map(modality -> row.attention().find(modality).orElse(0.0))
                  .toList());
        }
        assertThat(found.contributions()).isEmpty();
      }
    }
  }

  @Test
  void contributionsAreThoseOfThePrediction() {
    try (Exported exported = export(Fusion.additive(2), LabelSet.MULTI_LABEL)) {
      List<ModalitySet> terms = exported.model().config().head().terms();
      RuntimeSession.Outputs found = exported.session().run(TestModels.SEGMENTS, 0, 20);
      List<Prediction> expected = exported.model().predict(TestModels.SEGMENTS).rows();
      for (int s = 0; s < 20; s++) {
        Contributions own = expected.get(s).contributions().orElseThrow();
        float[][] rows = found.contributions()[s];
        assertThat(rows).hasDimensions(1 + terms.size(), 6);
        assertClose(rows[0], own.bias());
        for (int t = 0; t < terms.size(); t++) {
          ModalitySet term = terms.get(t);
          assertClose(
              rows[1 + t],
              own.terms().stream()
                  .filter(each -> each.modalities().equals(term))
                  .map(Contributions.Term::values)
                  .findFirst()
                  .orElse(Collections.nCopies(6, 0.0)));
        }
      }
      assertThat(found.attention()).isEmpty();
    }
  }

  @Test
  void calibratedProbabilitiesAreThoseOfThePrediction() {
    for (LabelSet labels : List.of(LabelSet.MULTI_LABEL, LabelSet.singleLabel(TieRule.LEAVE_OUT))) {
      try (Exported exported = export(Fusion.concatenation(), labels)) {
        float[][] found = exported.session().run(TestModels.SEGMENTS, 0, 20).calibrated();
        Predictions expected = exported.model().predict(TestModels.SEGMENTS);
        for (int s = 0; s < 20; s++) {
          assertClose(found[s], expected.calibrated(s));
        }
      }
    }
  }
}
