package dev.mer4j.report;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.file.FileMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Writes predictions as comma-separated values (RFC 4180), one row per segment: {@code id}, {@code
 * available} (modalities joined by {@code +}), for each class its probability, {@code predicted_}
 * and the class with 1 or 0, and {@code label_} and the class with 1 or 0, or empty if the segment
 * has no labels of the model. If the model has temperatures, also {@code calibrated_} and the class
 * with the calibrated probability; decisions depend on the others only.
 */
public final class PredictionsCsv {
  private static final String START = "id,available,";

  /** Identifies files of predictions by their first columns. */
  public static final FileMark MARK = FileMark.startsWith(START);

  private PredictionsCsv() {}

  /**
   * Returns the row of column names.
   *
   * @param calibrated whether the model has temperatures
   */
  public static String header(LabelSet labels, boolean calibrated) {
    List<String> names = new ArrayList<>(labels.classes());
    labels.classes().forEach(each -> names.add("predicted_" + each));
    labels.classes().forEach(each -> names.add("label_" + each));
    if (calibrated) {
      labels.classes().forEach(each -> names.add("calibrated_" + each));
    }
    return START + String.join(",", names.stream().map(PredictionsCsv::quoted).toList()) + "\n";
  }

  /** Returns the rows, each with a newline at its end. */
  public static String lines(Predictions predictions) {
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < predictions.size(); row++) {
      lines.append(line(predictions, row)).append('\n');
    }
    return lines.toString();
  }

  private static String line(Predictions predictions, int row) {
    Prediction prediction = predictions.rows().get(row);
    EmotionScores scores = prediction.segment().scores();
    LabelSet labels = predictions.scheme();
    Optional<float[]> targets =
        scores.labels().equals(labels.labels()) ? labels.targets(scores) : Optional.empty();
    List<String> cells = new ArrayList<>();
    cells.add(quoted(prediction.segment().id().toString()));
    cells.add(prediction.available().toString());
    add(cells, labels, c -> String.valueOf(prediction.probabilities().get(c)));
    add(cells, labels, c -> predictions.predicted(row, c) ? "1" : "0");
    add(cells, labels, c -> targets.map(own -> own[c] > 0 ? "1" : "0").orElse(""));
    if (predictions.temperatures().isPresent()) {
      List<Double> calibrated = predictions.calibrated(row);
      add(cells, labels, c -> String.valueOf(calibrated.get(c)));
    }
    return String.join(",", cells);
  }

  private static void add(List<String> cells, LabelSet labels, IntFunction<String> cell) {
    for (int c = 0; c < labels.classCount(); c++) {
      cells.add(cell.apply(c));
    }
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
