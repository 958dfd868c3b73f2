package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.missing.ErasedSteps;
import dev.mer4j.eval.missing.RandomModalities;
import dev.mer4j.eval.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void writesOnePageAndAllOtherFiles() throws IOException {
    Study study = Studies.full();
    List<Path> written = ReportWriter.write(folder.resolve("report"), study);

    assertThat(written)
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(
            "report.html",
            "metrics.json",
            "predictions.jsonl",
            "masks.jsonl",
            "report.md",
            "report.txt",
            "f1-by-emotion.png",
            "confusion-matrix.png",
            "co-occurrence.png",
            "training-loss.png",
            "validation-macro-f1.png",
            "missing-fixed.png",
            "missing-modalities.png",
            "missing-steps.png",
            "calibration.png",
            "attribution.png");
    String page = Files.readString(written.get(0));
    for (String section :
        List.of(
            "headline",
            "data",
            "training",
            "metrics",
            "emotions",
            "confusion",
            "missing",
            "calibration",
            "attribution",
            "explorer",
            "errors")) {
      assertThat(page).contains("<section id=\"" + section + "\">");
    }
    // The namespace of SVG is only a name and is not fetched.
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "@import", "url(")
        .hasSizeGreaterThan(50_000);
    JsonNode metrics = JSON.readTree(folder.resolve("report/metrics.json").toFile());
    assertThat(metrics.at("/missing_rates/random-modality/points")).hasSize(8);
    assertThat(metrics.at("/missing_rates/frame/points")).hasSize(10);
    assertThat(metrics.at("/missing_rates/frame/points/3/masks_sha256").textValue()).hasSize(64);
    assertThat(metrics.at("/uncertainty/macro_f1/low").doubleValue()).isPositive();
    assertThat(metrics.at("/uncertainty/method").textValue()).isEqualTo("jackknife over videos");
    assertThat(metrics.at("/calibration/emotions/sad/temperature").doubleValue()).isPositive();
    JsonNode text = metrics.at("/calibration/available/text");
    assertThat(text.get("segments").intValue()).isPositive();
    assertThat(text.get("cross_entropy_calibrated").doubleValue()).isPositive();
    assertThat(text.get("temperatures")).hasSize(6);
    assertThat(metrics.at("/attribution/emotions/sad/audio/size").doubleValue()).isPositive();
    assertThat(metrics.at("/attribution/deletion/shapley/removed")).hasSize(3);
    List<String> lines = Files.readAllLines(folder.resolve("report/predictions.jsonl"));
    assertThat(lines).hasSize(180);
    assertThat(JSON.readTree(lines.get(0)).get("id").textValue())
        .isEqualTo(Studies.HOSTILE + "[0]");
    assertThat(metrics.at("/baselines/multi_label/all positive/emotions/sad/roc_auc").doubleValue())
        .isEqualTo(0.5);
    assertThat(Files.readString(folder.resolve("report/report.md")))
        .contains("## Missing input, protocol \"frame\"", "## Uncertainty", "## Attribution")
        .contains("95 % confidence intervals from the jackknife over 26 videos.")
        .doesNotContain("NaN");
  }

  @Test
  void masksAreStoredSegmentBySegment() throws IOException {
    Study study = Studies.full();
    ReportWriter.write(folder.resolve("report"), study);

    List<String> lines = Files.readAllLines(folder.resolve("report/masks.jsonl"));
    assertThat(lines).hasSize(study.predictions().size());
    for (int s = 0; s < lines.size(); s++) {
      Prediction row = study.predictions().rows().get(s);
      JsonNode masks = JSON.readTree(lines.get(s));
      assertThat(masks.get("id").textValue()).isEqualTo(row.segment().id().toString());
      Presence left =
          new RandomModalities(0.5, 0)
              .applyTo(List.of(row.segment()), Presence.of(List.of(row.available())));
      for (Modality modality : row.available().toList()) {
        // The rates are tenths, so position 5 is a rate of one half.
        assertThat(masks.at("/random-modality/" + modality.key()).intValue() > 5)
            .isEqualTo(left.has(0, modality));
        BitSet erased = ErasedSteps.mask(row.segment(), modality, 0.5, 0);
        JsonNode steps = masks.at("/frame/" + modality.key());
        assertThat(steps).hasSize(row.segment().steps(modality));
        for (int t = 0; t < steps.size(); t++) {
          assertThat(steps.get(t).intValue() <= 5).isEqualTo(erased.get(t));
        }
      }
    }
  }

  @Test
  void keepsTextWithoutMarkup() throws IOException {
    Path page = ReportWriter.write(folder, Studies.full()).get(0);

    String html = Files.readString(page);
    assertThat(html.split("<script", -1)).hasSize(3);
    assertThat(html.split("</script>", -1)).hasSize(3);
    assertThat(html).doesNotContain("<img", "<b>split", "<i>");
    assertThat(html).contains("&lt;/dd&gt;&lt;script&gt;alert(1)");
  }

  @Test
  void minimalStudyOfASingleLabelModelHasAPage() throws IOException {
    try (MultimodalModel model =
        ToyModels.small(Fusion.concatenation())
            .labels(LabelSet.singleLabel(TieRule.LEAVE_OUT))
            .build()) {
      Study study =
          Study.builder("test", model, ToyModels.planted(40, 0.3, "test", 2))
              .fact("training.schedule.warmupEpochs", "0.5")
              .fact(".hidden", "fact")
              .fact("run.training data", "3 segments with SHA-256 " + "ab".repeat(32))
              .run();

      String html = Files.readString(ReportWriter.write(folder, study).get(0));

      assertThat(html)
          .doesNotContain("NaN", "<section id=\"missing\">", "<section id=\"calibration\">")
          .contains("the evaluated labels", "<dt>hidden</dt><dd>fact</dd>")
          .contains("<h3>Training</h3><dl><dt>schedule warmup epochs</dt><dd>0.5</dd></dl>")
          .contains("<abbr title=\"" + "ab".repeat(32) + "\">abababababab</abbr>");
    }
  }
}
