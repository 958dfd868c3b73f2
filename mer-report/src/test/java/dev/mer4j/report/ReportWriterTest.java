package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.FileException;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.Samples;
import dev.mer4j.report.internal.chart.Chart;
import java.awt.AWTError;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ReportWriterTest {
  @TempDir Path folder;

  @Test
  void writesFiveFilesAndNothingElse() throws IOException {
    Path report = folder.resolve("run/report");

    List<Path> written = ReportWriter.write(report, evaluation(LabelSet.MULTI_LABEL));

    try (Stream<Path> files = Files.list(report)) {
      assertThat(files.filter(file -> !file.endsWith(".written-by-mer4j")))
          .containsExactlyInAnyOrderElementsOf(written)
          .hasSize(5);
    }
    assertThat(Files.readString(report.resolve("report.txt")))
        .contains("macro-F1 of positives")
        .contains("all positive")
        .contains("weighted avg")
        .doesNotContain("NaN");
    assertThat(Files.readString(report.resolve("report.md")))
        .contains(
            "| metric | model | floor | above | all positive | all negative | majority |"
                + " prior-random | best constant predictor |\n"
                + "|---|---:|")
        .contains("](confusion-matrix.png)");
  }

  @Test
  void imagesHaveTheExpectedWidthAndContent() throws IOException {
    ReportWriter.write(folder, evaluation(LabelSet.singleLabel(TieRule.FIRST_COLUMN)));

    for (String name : List.of("f1-by-emotion.png", "confusion-matrix.png")) {
      BufferedImage picture = ImageIO.read(folder.resolve(name).toFile());
      assertThat(picture.getWidth()).isEqualTo(1560);
      int[] pixels = picture.getRGB(0, 0, 1560, picture.getHeight(), null, 0, 1560);
      assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(50);
    }
  }

  @Test
  void writesTheSameBytesAgainWhateverTheLocale() {
    Evaluation evaluation = evaluation(LabelSet.MULTI_LABEL);
    Locale locale = Locale.getDefault();
    List<Path> first = ReportWriter.write(folder.resolve("a"), evaluation);
    try {
      Locale.setDefault(Locale.GERMANY);
      ReportWriter.write(folder.resolve("b"), evaluation);
    } finally {
      Locale.setDefault(locale);
    }

    for (Path file : first) {
      assertThat(folder.resolve("b").resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void reportsThatNoSegmentHasASingleStrongestEmotion() throws IOException {
    Predictions tied =
        Samples.predictions(
            LabelSet.singleLabel(TieRule.LEAVE_OUT),
            Samples.prediction(0, Samples.scores(1, 1, 0, 0, 0, 0), .1, .2, .3, .4, .5, .6));

    ReportWriter.write(folder, new Evaluator(List.of()).evaluate("test", tied));

    assertThat(Files.readString(folder.resolve("report.txt")))
        .contains("0 segments; 1 excluded")
        .contains("every segment is excluded")
        .containsPattern("macro-F1 +- +- +- +-")
        .doesNotContain("NaN");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    assertThat(json.get("macro_f1").isNull()).isTrue();
    assertThat(json.at("/thresholds/fear").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void jsonHasNullWhereNothingIsDefined() throws IOException {
    Predictions one =
        Samples.predictions(
            LabelSet.MULTI_LABEL,
            Samples.prediction(0, Samples.scores(0, 0, 0, 0, 0, 0), .1, .2, .3, .4, .5, .6));

    ReportWriter.write(folder, new Evaluator(List.of()).evaluate("test", one));

    String text = Files.readString(folder.resolve("metrics.json"));
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(text).doesNotContain("NaN");
    assertThat(json.at("/multi_label/emotions/happy/roc_auc").isNull()).isTrue();
    assertThat(json.at("/multi_label/roc_auc").isNull()).isTrue();
    assertThat(json.at("/single_label/left_out").intValue()).isEqualTo(1);
    assertThat(json.at("/baselines/fitted_on").textValue()).isEqualTo("evaluated_labels");
    assertThat(json.at("/segments_by_available/text+audio+visual").intValue()).isEqualTo(1);
  }

  @Test
  void jsonAndTextReportMissingModalities() {
    Map<ModalitySet, Predictions> byAvailable = new LinkedHashMap<>();
    for (ModalitySet available : ModalitySet.of(Modality.MOSEI).nonEmpty()) {
      byAvailable.put(
          available, Samples.random(LabelSet.MULTI_LABEL, 200, available.size(), 1, available));
    }
    Evaluator evaluator = new Evaluator(List.of());
    ModalityTable table = evaluator.compare("test", byAvailable);

    Evaluation full = evaluator.evaluate("test", byAvailable.get(ModalitySet.of(Modality.MOSEI)));
    JsonNode json = MetricsJson.of(full, table).get("missing_modalities");
    assertThat(json.get("protocol").textValue()).isEqualTo("fixed");
    assertThat(json.get("available")).hasSize(7);
    assertThat(json.at("/available/text/drop").doubleValue()).isPositive();
    assertThat(json.at("/available/text+audio+visual/drop").doubleValue()).isZero();
    assertThat(EvaluationReport.of(full, table).toText())
        .contains("Protocol \"fixed\"")
        .containsPattern("(?m)^text\\+audio(  +0\\.\\d{3}){5}$");
    assertThat(json.at("/available/text/constant_macro_f1").doubleValue())
        .isEqualTo(full.bestConstantMacroF1());
    assertThat(json.at("/available/text/full_thresholds_macro_f1").doubleValue())
        .isEqualTo(json.at("/available/text/macro_f1").doubleValue());
  }

  @Test
  void namesTheFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("occupied"), "");

    assertThatThrownBy(() -> ReportWriter.write(file, evaluation(LabelSet.MULTI_LABEL)))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(file + ": cannot be written: it is a file");
  }

  @Test
  void imagesHaveAMarkAndNeedNoTemporaryFolder(@TempDir Path cache) throws IOException {
    File before = ImageIO.getCacheDirectory();
    ImageIO.setCacheDirectory(cache.toFile());
    Files.delete(cache);
    try {
      ReportWriter.write(folder, evaluation(LabelSet.MULTI_LABEL));
    } finally {
      ImageIO.setCacheDirectory(before);
    }

    Path picture = folder.resolve("f1-by-emotion.png");
    assertThat(Chart.PNG_MARK.isOn(picture)).isTrue();
    IIOMetadata metadata = metadata(picture);
    Element text =
        (Element)
            ((Element) metadata.getAsTree("javax_imageio_png_1.0"))
                .getElementsByTagName("tEXtEntry")
                .item(0);
    assertThat(text.getAttribute("keyword")).isEqualTo("Software");
    assertThat(text.getAttribute("value")).isEqualTo("mer4j");
  }

  @Test
  void omitsAChartThatCannotBeDrawn() {
    List<Throwable> failures =
        List.of(
            new AWTError("no window server"),
            new UnsatisfiedLinkError("no fontmanager"),
            new InternalError("no fonts"),
            new IllegalStateException("no fonts"));
    for (Throwable failure : failures) {
      assertThat(ReportWriter.drawn("x", () -> fail(failure))).isEmpty();
    }
    assertThat(ReportWriter.drawn("x", () -> new byte[1])).contains(new byte[1]);
  }

  private static byte[] fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private static IIOMetadata metadata(Path picture) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(Files.readAllBytes(picture)))) {
      reader.setInput(in);
      return reader.getImageMetadata(0);
    } finally {
      reader.dispose();
    }
  }

  private static Evaluation evaluation(LabelSet scheme) {
    return new Evaluator(Samples.labels(Samples.random(scheme, 300, 1, 9)))
        .evaluate("test", Samples.random(scheme, 300, 1.5, 4));
  }
}
