package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
  private static final ModalitySet TEXT = ModalitySet.of(Modality.TEXT);

  @Test
  void namesTheOmittedSets() {
    Evaluator evaluator = new Evaluator(List.of());
    Map<ModalitySet, Predictions> predictions =
        Map.of(
            TEXT,
            random(TEXT),
            TEXT.with(Modality.AUDIO),
            random(TEXT.with(Modality.AUDIO)),
            TEXT.with(Modality.VISUAL),
            random(TEXT.with(Modality.VISUAL)),
            ModalitySet.of(Modality.MOSEI),
            random(ModalitySet.of(Modality.MOSEI)));
    ModalityTable table = evaluator.compare("test", predictions);

    assertThat(EvaluationReport.of(evaluator.evaluate("test", random(TEXT)), table).toMarkdown())
        .contains("Omitted, because no segment has these modalities: audio, visual, audio+visual.");
  }

  private static Predictions random(ModalitySet available) {
    return Samples.random(LabelSet.MULTI_LABEL, 30, 1, 2, available);
  }
}
