package dev.mer4j.report.internal.table;

import dev.mer4j.eval.metric.Average;
import dev.mer4j.eval.metric.BinaryCounts;
import dev.mer4j.eval.metric.EmotionMetrics;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.List;
import java.util.stream.Stream;

/** Formats metrics like scikit-learn's {@code classification_report}. */
public final class ClassificationReport {
  private static final int LEAST_WIDTH = "weighted avg".length();

  private final int width;
  private final StringBuilder text = new StringBuilder();

  private ClassificationReport(Stream<String> names) {
    width = Math.max(LEAST_WIDTH, names.mapToInt(String::length).max().orElse(0));
    line("", "precision", "recall", "f1-score", "support");
    text.append('\n');
  }

  /** Returns the report of all emotions, with averages over emotions and segments. */
  public static String of(MultiLabelMetrics metrics) {
    ClassificationReport report =
        new ClassificationReport(metrics.emotions().stream().map(each -> each.emotion().key()));
    int support = 0;
    for (EmotionMetrics each : metrics.emotions()) {
      support += report.each(each.emotion().key(), each.counts());
    }
    report.text.append('\n');
    report.average("micro avg", metrics.micro(), support);
    report.average("macro avg", metrics.macro(), support);
    report.average("weighted avg", metrics.weighted(), support);
    report.average("samples avg", metrics.samples(), support);
    return report.text.toString();
  }

  /** Returns the report of the classes that occur in labels or predictions, with averages. */
  public static String of(SingleLabelMetrics metrics) {
    if (metrics.segments() == 0) {
      return "every segment is excluded: none has a single highest score\n";
    }
    ClassificationReport report =
        new ClassificationReport(metrics.occurring().stream().map(metrics.classes()::get));
    int support = 0;
    for (int label : metrics.occurring()) {
      support += report.each(metrics.classes().get(label), metrics.counts(label));
    }
    report.text.append('\n');
    report.line("accuracy", "", "", two(metrics.accuracy()), Integer.toString(support));
    report.average("macro avg", metrics.macro(), support);
    report.average("weighted avg", metrics.weighted(), support);
    return report.text.toString();
  }

  /** Adds a class, and returns its support. */
  private int each(String name, BinaryCounts of) {
    average(name, new Average(of.precision(), of.recall(), of.f1()), of.support());
    return of.support();
  }

  private void average(String name, Average average, int support) {
    line(
        name,
        two(average.precision()),
        two(average.recall()),
        two(average.f1()),
        Integer.toString(support));
  }

  private void line(String name, String precision, String recall, String f1, String support) {
    text.append(" ".repeat(width - name.length())).append(name).append(' ');
    for (String cell : List.of(precision, recall, f1, support)) {
      text.append(' ').append(" ".repeat(Math.max(0, 9 - cell.length()))).append(cell);
    }
    text.append('\n');
  }

  private static String two(double value) {
    return Decimal.of(value, 2);
  }
}
