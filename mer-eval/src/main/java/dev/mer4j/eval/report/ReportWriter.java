package dev.mer4j.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.file.AtomicFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes an evaluation into a folder: {@code metrics.json}, {@code report.md}, {@code report.txt},
 * {@code f1-by-emotion.png} and {@code confusion-matrix.png}. Older files of these names are
 * replaced, each at once.
 */
public final class ReportWriter {
  private ReportWriter() {}

  /**
   * Writes an evaluation.
   *
   * @param folder created where needed
   * @return the files written
   * @throws FileException if a file cannot be written
   */
  public static List<Path> write(Path folder, Evaluation evaluation) {
    return write(folder, evaluation, EvaluationReport.of(evaluation), MetricsJson.of(evaluation));
  }

  /**
   * Writes an evaluation and how much of it is left without some of the modalities.
   *
   * @param folder created where needed
   * @return the files written
   * @throws FileException if a file cannot be written
   */
  public static List<Path> write(Path folder, Evaluation evaluation, ModalityTable modalities) {
    return write(
        folder,
        evaluation,
        EvaluationReport.of(evaluation, modalities),
        MetricsJson.of(evaluation, modalities));
  }

  private static List<Path> write(
      Path folder, Evaluation evaluation, Document document, ObjectNode json) {
    Path metrics = folder.resolve("metrics.json");
    Path markdown = folder.resolve("report.md");
    Path text = folder.resolve("report.txt");
    Path f1 = folder.resolve("f1-by-emotion.png");
    Path confusion = folder.resolve("confusion-matrix.png");
    AtomicFile.write(metrics, MetricsJson.pretty(json));
    AtomicFile.write(
        markdown,
        document.toMarkdown()
            + "\n![F1 by emotion](f1-by-emotion.png)\n"
            + "\n![Confusion matrix](confusion-matrix.png)\n");
    AtomicFile.write(text, document.toText());
    AtomicFile.write(f1, F1Chart.png(evaluation));
    AtomicFile.write(confusion, ConfusionPicture.png(evaluation));
    return List.of(metrics, markdown, text, f1, confusion);
  }
}
