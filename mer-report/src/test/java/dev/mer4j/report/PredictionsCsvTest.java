package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Temperatures;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.benchmark.Condition;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsCsvTest {
  private static final List<Emotion> CALM_AND_TENSE =
      List.of(Emotion.of("calm"), Emotion.of("tense"));
  private static final LabelSet LABELS = LabelSet.multiLabel(CALM_AND_TENSE);

  private static Prediction row(String video, EmotionScores scores, Modality... available) {
    SegmentInfo info =
        new SegmentInfo(new SegmentId(video, 3), 0, 1, scores, PerModality.of(Modality.TEXT, 2));
    return new Prediction(
        info, ModalitySet.of(available), CALM_AND_TENSE, List.of(0.25, 0.75), PerModality.of());
  }

  @Test
  void writesProbabilitiesDecisionsAndLabels() {
    Predictions predictions =
        new Predictions(
            LABELS,
            Thresholds.half(2),
            List.of(
                row("a", EmotionScores.of(CALM_AND_TENSE, 1, 0), Modality.TEXT, Modality.AUDIO),
                row("b, \"c\"", EmotionScores.UNLABELED)));

    assertThat(PredictionFormat.CSV.header(LABELS, false) + PredictionFormat.CSV.lines(predictions))
        .isEqualTo(
            """
            id,available,calm,tense,predicted_calm,predicted_tense,label_calm,label_tense
            a[3],text+audio,0.25,0.75,0,1,1,0
            "b, ""c""[3]",,0.25,0.75,0,1,,
            """);
  }

  @Test
  void writesCalibratedProbabilitiesOfModelsWithTemperatures() {
    Predictions predictions =
        new Predictions(
                LABELS,
                Thresholds.half(2),
                List.of(row("a", EmotionScores.UNLABELED, Modality.TEXT)))
            .withTemperatures(new Temperatures(List.of(1e-9, 1e-9)));

    assertThat(PredictionFormat.CSV.header(LABELS, true) + PredictionFormat.CSV.lines(predictions))
        .isEqualTo(
            """
            id,available,calm,tense,predicted_calm,predicted_tense,label_calm,label_tense,\
            calibrated_calm,calibrated_tense
            a[3],text,0.25,0.75,0,1,,,0.0,1.0
            """);
    assertThat(PredictionsJson.line(predictions, 0).at("/calibrated/tense").doubleValue()).isOne();
    assertThat(PredictionsJson.line(predictions, 0).at("/probabilities/tense").doubleValue())
        .isEqualTo(0.75);
  }

  @Test
  void theNameOfAFileSelectsItsFormat() {
    assertThat(PredictionFormat.of(Path.of("out", "a.CSV"))).isEqualTo(PredictionFormat.CSV);
    assertThat(PredictionFormat.of(Path.of("a.jsonl"))).isEqualTo(PredictionFormat.JSON_LINES);
    assertThat(PredictionFormat.of(Path.of("/"))).isEqualTo(PredictionFormat.JSON_LINES);
  }

  @Test
  void linesOfTheBenchmarkQuoteAnIdWithALineEnd() {
    Predictions predictions =
        new Predictions(LABELS, Thresholds.half(2), List.of(row("a\nb", EmotionScores.UNLABELED)));

    assertThat(BenchmarkCsv.lines(Condition.FULL, predictions))
        .isEqualTo("full,\"a\nb[3]\",0.25,0.75,0,1\n");
  }
}
