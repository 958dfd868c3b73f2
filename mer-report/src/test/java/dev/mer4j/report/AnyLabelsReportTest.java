package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.SegmentSetBuilder;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.study.Study;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnyLabelsReportTest {
  private static final String HOSTILE = "<b>joy & \"fear\"</b>";

  @TempDir Path folder;

  static Stream<LabelSet> labelSets() {
    return Stream.of(
        LabelSet.multiLabel(Emotion.listOf(HOSTILE, "calm")),
        LabelSet.singleLabel(
            Emotion.listOf("neutral", "joy", "sadness", "anger", "surprise", "disgust", "fear"),
            TieRule.LEAVE_OUT),
        LabelSet.multiLabel(
            IntStream.range(0, 20).mapToObj(c -> Emotion.of("emotion number " + c)).toList()),
        LabelSet.multiLabel(IntStream.range(0, 64).mapToObj(c -> Emotion.of("l" + c)).toList()));
  }

  @ParameterizedTest
  @MethodSource("labelSets")
  void theReportShowsEveryLabel(LabelSet labels) throws IOException {
    ReportWriter.write(folder, study(labels));

    String page = Files.readString(folder.resolve("report.html"));
    String json = Files.readString(folder.resolve("metrics.json"));
    assertThat(page).doesNotContain("<b>joy").contains("20 more segments have no labels");
    assertThat(json).contains("\"unlabeled\" : 20");
    for (Emotion label : labels.labels()) {
      assertThat(page).contains(label.key().equals(HOSTILE) ? "&lt;b&gt;joy" : label.key());
    }
  }

  private static Study study(LabelSet labels) {
    try (MultimodalModel model =
        MultimodalModel.builder()
            .input(Modality.TEXT, 3)
            .input(Modality.AUDIO, 4)
            .hidden(4)
            .headHidden(8)
            .fusion(Fusion.attention())
            .labels(labels)
            .build()) {
      return Study.builder("test", model, segments(labels, "test", 120))
          .training(segments(labels, "train", 60))
          .validation(ValidationSplit.of(segments(labels, "valid", 60)))
          .missing(new MissingGrid(0, List.of(0.0, 0.3), List.of(0.0, 0.5)), (done, total) -> {})
          .run();
    }
  }

  /** Every sixth is without labels. */
  private static SegmentSet segments(LabelSet labels, String name, int count) {
    SegmentSetBuilder builder =
        SegmentSet.builder()
            .modality(Modality.TEXT, 3)
            .modality(Modality.AUDIO, 4)
            .labels(labels.labels().stream().map(Emotion::key).toArray(String[]::new));
    for (int s = 0; s < count; s++) {
      SeedStream draws = new Seeds(1).stream(name).at(s);
      Map<Modality, float[][]> features =
          Map.of(Modality.TEXT, rows(3, draws), Modality.AUDIO, rows(4, draws));
      String label = labels.labels().get(draws.nextInt(labels.labels().size())).key();
      if (s % 6 == 5) {
        builder.add(name + s, name + s / 4, features);
      } else {
        builder.add(name + s, name + s / 4, features, label);
      }
    }
    return builder.build();
  }

  private static float[][] rows(int width, SeedStream draws) {
    float[][] rows = new float[2][width];
    for (float[] row : rows) {
      for (int d = 0; d < width; d++) {
        row[d] = (float) draws.nextGaussian();
      }
    }
    return rows;
  }
}
