package dev.mer4j.report;

import dev.mer4j.FileException;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.study.Study;
import dev.mer4j.eval.study.TrainingCurves;
import dev.mer4j.file.AtomicFile;
import dev.mer4j.report.chart.Chart;
import dev.mer4j.report.page.StudyPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes into a folder what there is to tell: {@code metrics.json}, {@code report.md}, {@code
 * report.txt} and a picture of every chart; of a study also {@code report.html} and {@code
 * predictions.jsonl}, and {@code masks.jsonl} where input was taken away. Older files of these
 * names are replaced, each at once.
 */
public final class ReportWriter {
  private final Path folder;
  private final List<Path> written = new ArrayList<>();

  private ReportWriter(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes an evaluation.
   *
   * @param folder created where needed
   * @return the files written
   * @throws FileException if a file cannot be written
   */
  public static List<Path> write(Path folder, Evaluation evaluation) {
    ReportWriter writer = new ReportWriter(folder);
    writer.text("metrics.json", MetricsJson.pretty(MetricsJson.of(evaluation)));
    writer.document(EvaluationReport.of(evaluation), Charts.of(evaluation));
    return List.copyOf(writer.written);
  }

  /**
   * Writes a study.
   *
   * @param folder created where needed
   * @return the files written, the page first
   * @throws FileException if a file cannot be written
   */
  public static List<Path> write(Path folder, Study study) {
    ReportWriter writer = new ReportWriter(folder);
    Map<String, Chart> charts = Charts.of(study);
    writer.text("report.html", StudyPage.of(study, charts));
    writer.text("metrics.json", MetricsJson.pretty(StudyJson.of(study)));
    writer.text("predictions.jsonl", PredictionsJson.lines(study.predictions()));
    study
        .missing()
        .ifPresent(
            missing -> writer.text("masks.jsonl", MasksJson.lines(missing, study.predictions())));
    writer.document(EvaluationReport.of(study), charts);
    return List.copyOf(writer.written);
  }

  /**
   * Writes pictures of how a training run went: {@code training-loss.png} and {@code
   * validation-macro-f1.png}.
   *
   * @param folder created where needed
   * @return the files written
   * @throws FileException if a file cannot be written
   */
  public static List<Path> write(Path folder, TrainingCurves curves) {
    ReportWriter writer = new ReportWriter(folder);
    writer.pictures(Charts.of(curves));
    return List.copyOf(writer.written);
  }

  private void document(Document document, Map<String, Chart> charts) {
    StringBuilder markdown = new StringBuilder(document.toMarkdown());
    charts.forEach(
        (name, chart) -> markdown.append("\n![%s](%s.png)\n".formatted(chart.title(), name)));
    text("report.md", markdown.toString());
    text("report.txt", document.toText());
    pictures(charts);
  }

  private void pictures(Map<String, Chart> charts) {
    charts.forEach(
        (name, chart) -> {
          Path file = add(name + ".png");
          AtomicFile.write(file, chart.png());
        });
  }

  private void text(String name, String text) {
    AtomicFile.write(add(name), text);
  }

  private Path add(String name) {
    Path file = folder.resolve(name);
    written.add(file);
    return file;
  }
}
