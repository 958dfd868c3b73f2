package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of other modalities than those of CMU-MOSEI. */
class AnyModalitiesTest {
  @ParameterizedTest
  @CsvSource({
    "gaze,1,other-1",
    "'text,gaze',3,other-1",
    "'text,audio,visual,gaze',15,other-1",
    "'text,a,b,c,d,gaze',28,other-5"
  })
  void aPageShowsEveryModality(String modalities, int sets, String tone, @TempDir Path folder)
      throws IOException {
    PerModality<Integer> widths = ToyModels.widths(modalities);
    SegmentSet train = ToyModels.planted(widths, 60, 0.05, "train", 3);
    try (MultimodalModel model = ToyModels.trained(Fusion.attention(), train, 2)) {
      Study study =
          Study.builder("test", model, ToyModels.planted(widths, 60, 0.15, "test", 2))
              .training(train)
              .validation(ValidationSplit.of(ToyModels.planted(widths, 60, 0.1, "valid", 4)))
              .missing(
                  new MissingGrid(0, List.of(0.0, 0.4), List.of(0.0, 0.4)), (done, total) -> {})
              .run();
      ReportWriter.write(folder, study);
    }

    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    assertThat(metrics.at("/missing_modalities/available")).hasSize(sets);
    assertThat(metrics.at("/missing_modalities/available").has(modalities.replace(',', '+')))
        .isTrue();
    String page = Files.readString(folder.resolve("report.html"));
    assertThat(page)
        .contains("\"modalities\":[\"" + modalities.replace(",", "\",\"") + "\"]")
        .contains("fill=\"var(--" + tone + ")\"")
        .contains("--" + tone + ": #");
    for (String text : List.of(page, Files.readString(folder.resolve("report.md")))) {
      assertThat(text.contains("Of the 63 sets of 6 modalities")).isEqualTo(sets == 28);
    }
    assertThat(Files.readString(folder.resolve("masks.jsonl"))).contains("\"gaze\":");
  }
}
