package dev.mer4j.report;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.eval.benchmark.Condition;
import dev.mer4j.file.FileMark;
import java.util.List;
import java.util.Set;

/**
 * Writes predictions for the missing-modality benchmark as CSV: condition, segment id, the
 * probability of each emotion and, in columns {@code predicted.EMOTION}, the decisions.
 */
public final class BenchmarkCsv {
  /** Identifies such files by their header. */
  public static final FileMark MARK = FileMark.startsWith("condition,id,");

  private BenchmarkCsv() {}

  /** Returns the header with a newline. */
  public static String header(List<Emotion> labels) {
    StringBuilder header = new StringBuilder("condition,id");
    labels.forEach(each -> header.append(',').append(quoted(each.key())));
    labels.forEach(each -> header.append(',').append(quoted("predicted." + each.key())));
    return header.append('\n').toString();
  }

  /** Returns a line per segment, each with a newline at its end. */
  public static String lines(Condition condition, Predictions predictions) {
    List<Emotion> labels = predictions.scheme().labels();
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < predictions.size(); row++) {
      Prediction prediction = predictions.rows().get(row);
      Set<Emotion> predicted = predictions.predicted(row);
      lines.append(condition.name()).append(',');
      lines.append(quoted(prediction.segment().id().toString()));
      labels.forEach(each -> lines.append(',').append(prediction.probability(each)));
      labels.forEach(each -> lines.append(',').append(predicted.contains(each) ? 1 : 0));
      lines.append('\n');
    }
    return lines.toString();
  }

  private static String quoted(String text) {
    return text.matches("[^,;\"\t\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
