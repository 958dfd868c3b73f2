package dev.mer4j.eval.metric;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The metrics of the single-label task: the predicted class, for a multi-label model the most
 * probable one, is compared with the emotion that has the highest score, or with "none" if the tie
 * rule makes it a class.
 *
 * <p>Definitions and values are scikit-learn's, with {@code zero_division=0}. If every segment is
 * excluded, all averages are NaN.
 *
 * @param confusion the confusion matrix of the included segments
 * @param labels the single-label task, with the rule for segments whose highest score several
 *     emotions share
 * @param excluded the number of segments that the rule excluded
 */
public record SingleLabelMetrics(ConfusionMatrix confusion, LabelSet labels, int excluded) {
  /** All scalar metrics, the headline first. */
  public static final List<Metric<SingleLabelMetrics>> METRICS =
      List.of(
          new Metric<>("macro_f1", "macro-F1", m -> m.macro().f1()),
          new Metric<>("accuracy", "accuracy", SingleLabelMetrics::accuracy),
          new Metric<>("uar", "unweighted average recall", SingleLabelMetrics::uar),
          new Metric<>("weighted_f1", "support-weighted F1", m -> m.weighted().f1()));

  /** Evaluates with the tie rule of the predictions' own scheme. */
  public static SingleLabelMetrics of(Predictions predictions) {
    return of(LabeledPrediction.of(predictions), predictions.scheme());
  }

  /** Evaluates labeled predictions. */
  public static SingleLabelMetrics of(List<LabeledPrediction> rows, LabelSet scheme) {
    LabelSet labels = scheme.asSingleLabel();
    int classes = labels.classCount();
    int[][] counts = new int[classes][classes];
    int leftOut = 0;
    for (LabeledPrediction row : rows) {
      OptionalInt truth = labels.single(row.prediction().segment().scores());
      if (truth.isPresent()) {
        counts[truth.getAsInt()][row.predictedClass()]++;
      } else {
        leftOut++;
      }
    }
    return new SingleLabelMetrics(ConfusionMatrix.of(counts), labels, leftOut);
  }

  /** Returns the F1 of a class against all others. */
  public static Metric<SingleLabelMetrics> f1Of(LabelSet labels, int label) {
    String name = labels.classes().get(label);
    return new Metric<>("f1", "F1 of " + name, m -> m.counts(label).f1());
  }

  /** Returns the names of the C classes: the emotions, and "none" if it is a class. */
  public List<String> classes() {
    return labels.classes();
  }

  /** Returns the rule for segments whose highest score several emotions share. */
  public TieRule ties() {
    return labels.ties();
  }

  /** Returns N, the number of included segments. */
  public int segments() {
    return confusion.total();
  }

  public BinaryCounts counts(Emotion emotion) {
    return confusion.counts(labels.indexOf(emotion));
  }

  public BinaryCounts counts(int label) {
    return confusion.counts(label);
  }

  public double accuracy() {
    int right = indices().map(c -> confusion.count(c, c)).sum();
    return (double) right / segments();
  }

  /** Returns the unweighted average recall: the mean over the classes that occur in the labels. */
  public double uar() {
    return confusion.counts().stream()
        .filter(each -> each.support() > 0)
        .mapToDouble(BinaryCounts::recall)
        .average()
        .orElse(Double.NaN);
  }

  /** Returns the classes that occur in labels or predictions; averages are over these. */
  public List<Integer> occurring() {
    List<BinaryCounts> counts = confusion.counts();
    return indices().filter(c -> occurs(counts.get(c))).boxed().toList();
  }

  private IntStream indices() {
    return IntStream.range(0, confusion.classes());
  }

  /** Returns the mean over the occurring classes. */
  public Average macro() {
    return Average.macro(occurringCounts());
  }

  /** Returns the mean over the occurring classes, weighted by support. */
  public Average weighted() {
    return segments() == 0
        ? new Average(Double.NaN, Double.NaN, Double.NaN)
        : Average.weighted(occurringCounts());
  }

  private List<BinaryCounts> occurringCounts() {
    return confusion.counts().stream().filter(SingleLabelMetrics::occurs).toList();
  }

  private static boolean occurs(BinaryCounts counts) {
    return counts.support() + counts.fp() > 0;
  }
}
