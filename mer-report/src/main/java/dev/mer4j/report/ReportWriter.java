package dev.mer4j.report;

import dev.mer4j.FileException;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.study.Study;
import dev.mer4j.eval.study.TrainingCurves;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.OutputFolder;
import dev.mer4j.internal.json.IndentedJson;
import dev.mer4j.report.internal.chart.Chart;
import dev.mer4j.report.internal.page.StudyPage;
import java.awt.AWTError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a report to a folder: {@code metrics.json}, {@code report.md}, {@code report.txt} and a
 * PNG of every chart; for a study also {@code report.html}, {@code predictions.jsonl} and, with
 * missing input, {@code masks.jsonl}. {@link OutputFolder} replaces the folder as a whole; a chart
 * that cannot be drawn is omitted with a warning.
 */
public final class ReportWriter {
  /** The files of every study's report, except charts. */
  public static final List<String> FILES =
      List.of("report.html", "metrics.json", "predictions.jsonl", "report.md", "report.txt");

  private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private ReportWriter() {}

  /**
   * Writes an evaluation.
   *
   * @param folder the folder, which is created if necessary
   * @return the files written
   * @throws FileException if the folder cannot be written, or holds a file of the same name that
   *     this program did not write
   */
  public static List<Path> write(Path folder, Evaluation evaluation) {
    ReportWriter writer = new ReportWriter();
    writer.text("metrics.json", IndentedJson.of(MetricsJson.of(evaluation)));
    writer.document(EvaluationReport.of(evaluation), Charts.of(evaluation));
    return writer.write(OutputFolder.of(folder));
  }

  /**
   * Writes a study.
   *
   * @param folder the folder, which is created if necessary
   * @return the files written, the page first
   * @throws FileException if the folder cannot be written, or holds a file of the same name that
   *     this program did not write
   */
  public static List<Path> write(Path folder, Study study) {
    return write(OutputFolder.of(folder), study);
  }

  /**
   * Writes a study.
   *
   * @return the files written, the page first
   * @throws FileException as {@link OutputFolder#write}
   */
  public static List<Path> write(OutputFolder folder, Study study) {
    ReportWriter writer = new ReportWriter();
    Map<String, Chart> charts = Charts.of(study);
    writer.text("report.html", StudyPage.of(study, charts));
    writer.text("metrics.json", IndentedJson.of(StudyJson.of(study)));
    writer.text("predictions.jsonl", PredictionsJson.lines(study.predictions()));
    study
        .missing()
        .ifPresent(
            missing -> writer.text("masks.jsonl", MasksJson.lines(missing, study.predictions())));
    writer.document(EvaluationReport.of(study), charts);
    return writer.write(folder);
  }

  /** Returns the files of a training run's charts in a folder. */
  public static List<OutputFile> pictures(Path folder) {
    return Charts.TRAINING.stream().map(name -> picture(folder, name)).toList();
  }

  /**
   * Writes the learning curves of a training run: {@code training-loss.png} and {@code
   * validation-macro-f1.png}.
   *
   * @param folder the folder, which is created if necessary
   * @return the files written
   * @throws FileException if a file cannot be written, or exists and was not written by this
   *     program
   */
  public static List<Path> write(Path folder, TrainingCurves curves) {
    List<Path> written = new ArrayList<>();
    Charts.of(curves)
        .forEach(
            (name, chart) ->
                drawn(name, chart::png)
                    .ifPresent(
                        bytes -> {
                          OutputFile file = picture(folder, name);
                          file.write(bytes);
                          written.add(file.path());
                        }));
    return List.copyOf(written);
  }

  private static OutputFile picture(Path folder, String name) {
    return OutputFile.of(folder.resolve(name + ".png"), Chart.PNG_MARK);
  }

  private List<Path> write(OutputFolder folder) {
    folder.write(files);
    return files.keySet().stream().map(folder.path()::resolve).toList();
  }

  private void document(Document document, Map<String, Chart> charts) {
    StringBuilder markdown = new StringBuilder(document.toMarkdown());
    charts.forEach(
        (name, chart) ->
            drawn(name, chart::png)
                .ifPresent(
                    bytes -> {
                      files.put(name + ".png", bytes);
                      markdown.append("\n![" + chart.title() + "](" + name + ".png)\n");
                    }));
    text("report.md", markdown.toString());
    text("report.txt", document.toText());
  }

  /** Adds a chart, unless fonts or libraries that Java's graphics require are missing. */
  static Optional<byte[]> drawn(String name, Supplier<byte[]> picture) {
    try {
      return Optional.of(picture.get());
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      LOG.warn("{}.png is omitted, because it cannot be drawn: {}", name, e.toString());
      return Optional.empty();
    }
  }

  private void text(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
