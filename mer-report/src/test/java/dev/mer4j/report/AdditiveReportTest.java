package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.Contributions;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.TermMeans;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.attribution.Attribution;
import dev.mer4j.eval.study.Study;
import dev.mer4j.report.internal.chart.Chart;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The terms of additive fusion in reports and predictions. */
class AdditiveReportTest {
  private static final SegmentSet TEST = ToyModels.planted(40, 0.3, "test", 2);

  @TempDir Path folder;

  /**
   * Returns a study of 40 segments.
   *
   * @param known whether the model has the means of its terms
   */
  static Study study(boolean known) {
    try (MultimodalModel model = ToyModels.small(Fusion.additive(2)).build()) {
      if (known) {
        model.setTermMeans(TermMeans.of(model.predict(TEST)));
      }
      return Study.builder("test", model, TEST).run();
    }
  }

  @Test
  void reportHasTheTerms() throws IOException {
    Study study = study(true);
    ReportWriter.write(folder, study);

    assertThat(folder.resolve("terms.png")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("## Terms", "| text+audio ", "![Mean absolute value of each term](terms.png)");
    JsonNode happy =
        new ObjectMapper()
            .readTree(folder.resolve("metrics.json").toFile())
            .at("/attribution/terms/happy");
    assertThat(happy).hasSize(6);
    assertThat(happy.at("/text+audio/size").asDouble())
        .isEqualTo(study.attributions().terms().get(3).magnitude());
    assertThat(happy.at("/text+audio/difference_from_training_mean").asDouble()).isPositive();
  }

  @Test
  void pageHasTheTermsOfEachSegment() throws IOException {
    String page = Files.readString(ReportWriter.write(folder, study(true)).get(0));
    JsonNode data = segments(page);

    assertThat(page).contains("Terms of additive fusion", "mean absolute difference from");
    assertThat(data.get("terms").toString())
        .isEqualTo(
            "[\"text\",\"audio\",\"visual\",\"text+audio\",\"text+visual\",\"audio+visual\"]");
    assertThat(data.get("usual")).hasSize(6).allSatisfy(means -> assertThat(means).hasSize(6));
    for (JsonNode segment : data.get("segments")) {
      assertThat(segment.get("t")).hasSize(6);
      boolean pair = !segment.at("/s/0").isNull() && !segment.at("/s/1").isNull();
      assertThat(segment.at("/t/3").isNull()).isNotEqualTo(pair);
    }
  }

  @Test
  void unknownMeansAreNotShown() throws IOException {
    String page = Files.readString(ReportWriter.write(folder, study(false)).get(0));

    assertThat(page).doesNotContain("NaN", "mean absolute difference from the training mean<");
    assertThat(segments(page).get("usual")).hasSize(6).allMatch(JsonNode::isEmpty);
    JsonNode line =
        new ObjectMapper().readTree(Files.readAllLines(folder.resolve("predictions.jsonl")).get(0));
    assertThat(line.at("/contributions/relative_to_training_mean")).isEmpty();
  }

  private static JsonNode segments(String page) throws IOException {
    String start = "id=\"segments\">";
    int from = page.indexOf(start) + start.length();
    return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }

  @Test
  void predictionsHaveContributionsThatSumToTheLogit() throws IOException {
    Study study = study(true);
    List<String> lines = PredictionsJson.lines(study.predictions()).lines().toList();
    assertThat(lines).hasSize(TEST.size());
    for (int s = 0; s < lines.size(); s++) {
      JsonNode own = new ObjectMapper().readTree(lines.get(s)).get("contributions");
      double terms = own.at("/bias/sad").asDouble();
      for (JsonNode term : own.get("terms")) {
        terms += term.get("sad").asDouble();
      }
      double shapley = own.at("/bias/sad").asDouble();
      for (JsonNode modality : own.get("shapley")) {
        shapley += modality.get("sad").asDouble();
      }
      Prediction row = study.predictions().rows().get(s);
      double p = row.probabilities().get(1);
      // Probabilities are in single precision.
      assertThat(1 / (1 + Math.exp(-terms))).isCloseTo(p, within(1e-6));
      assertThat(1 / (1 + Math.exp(-shapley))).isCloseTo(p, within(1e-6));
      for (Contributions.Term term : row.contributions().orElseThrow().terms()) {
        assertThat(own.at("/relative_to_training_mean/" + term.modalities() + "/sad").asDouble())
            .isEqualTo(term.relative().get(1));
      }
    }
  }

  @Test
  void drawsOneSegment() throws IOException {
    Study study = study(true);
    List<String> classes = study.predictions().scheme().classes();
    byte[] png = SegmentPicture.png(study.attributions().rows().get(0), classes);

    Path file = Files.write(folder.resolve("segment.png"), png);
    assertThat(SegmentPicture.MARK.isOn(file)).isTrue();
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1560);
    byte[] other = SegmentPicture.png(study.attributions().rows().get(1), classes);
    assertThat(other).isNotEqualTo(png);
  }

  @Test
  void thePictureOfOneSegmentHasItsTerms() throws IOException {
    Attribution known = study(true).attributions().rows().get(0);
    Attribution unknown = study(false).attributions().rows().get(0);
    List<String> classes = Emotion.MOSEI.stream().map(Emotion::key).toList();
    Contributions contributions = known.prediction().contributions().orElseThrow();

    Chart relative = TermCharts.of(contributions, classes);
    assertThat(relative.title()).isEqualTo("Terms relative to their training means (logits)");
    assertThat(relative.svg()).contains("more than usual", "less than usual");
    for (Contributions.Term term : contributions.terms()) {
      String value = String.format(Locale.ROOT, "%+.2f", term.relative().get(1));
      assertThat(relative.svg())
          .contains("sad, " + term.modalities() + ": " + value.replaceAll("[+-]0.00", "0.00"));
    }
    Chart absolute = TermCharts.of(unknown.prediction().contributions().orElseThrow(), classes);
    assertThat(absolute.title()).isEqualTo("Terms (logits)");
    assertThat(absolute.svg()).contains("raises the logit");

    BufferedImage with = read(SegmentPicture.png(known, classes));
    try (MultimodalModel model = ToyModels.small(Fusion.attention()).build()) {
      Attribution none = Study.builder("test", model, TEST).run().attributions().rows().get(0);
      assertThat(with.getHeight())
          .isGreaterThan(read(SegmentPicture.png(none, classes)).getHeight());
    }
  }

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void theChartOfManyTermsHasTheLargest() {
    String modalities = "a,b,c,d,e,f";
    PerModality<Integer> widths =
        PerModality.of(ModalitySet.parse(modalities).toList(), modality -> 3);
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(widths)
            .hidden(2)
            .headHidden(3)
            .fusion(Fusion.additive(3))
            .build()) {
      SegmentSet segments = ToyModels.planted(widths, 20, 0, "test", 2);
      Study study = Study.builder("test", model, segments).run();
      Chart chart = TermCharts.of(study.attributions().terms());
      assertThat(chart.title()).isEqualTo("Mean absolute value of each term, the 36 largest of 41");
    }
  }
}
