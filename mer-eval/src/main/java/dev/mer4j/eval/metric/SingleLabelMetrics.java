package dev.mer4j.eval.metric;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.TieRule;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The task of many papers: which emotion is the strongest? The most probable class is judged
 * against the emotion with the highest score, or against none where the rule makes that a class.
 *
 * <p>Definitions and values are scikit-learn's, with {@code zero_division=0}. Where every segment
 * was left out, nothing is defined and all averages are NaN.
 *
 * @param confusion the segments that take part
 * @param ties what was done with segments whose highest score several emotions share
 * @param excluded how many segments that rule left out
 */
public record SingleLabelMetrics(ConfusionMatrix confusion, TieRule ties, int excluded) {
  /** Everything that is one number, the headline first. */
  public static final List<Metric<SingleLabelMetrics>> METRICS =
      List.of(
          new Metric<>("macro_f1", "macro-F1", m -> m.macro().f1()),
          new Metric<>("accuracy", "accuracy", SingleLabelMetrics::accuracy),
          new Metric<>("uar", "unweighted average recall", SingleLabelMetrics::uar),
          new Metric<>("weighted_f1", "support-weighted F1", m -> m.weighted().f1()));

  /** Judges with the tie rule of the predictions' own scheme. */
  public static SingleLabelMetrics of(Predictions predictions) {
    return of(LabeledPrediction.of(predictions), predictions.scheme().ties());
  }

  /** Judges the rows. */
  public static SingleLabelMetrics of(List<LabeledPrediction> rows, TieRule ties) {
    int classes = LabelScheme.singleLabel(ties).classes().size();
    int[][] counts = new int[classes][classes];
    int leftOut = 0;
    for (LabeledPrediction row : rows) {
      OptionalInt truth = LabelScheme.single(row.prediction().segment().scores(), ties);
      if (truth.isPresent()) {
        counts[truth.getAsInt()][row.prediction().mostProbableClass()]++;
      } else {
        leftOut++;
      }
    }
    return new SingleLabelMetrics(ConfusionMatrix.of(counts), ties, leftOut);
  }

  /** The F1 of one emotion against all others. */
  public static Metric<SingleLabelMetrics> f1Of(Emotion emotion) {
    return f1Of(emotion.ordinal());
  }

  /** The F1 of one class against all others. */
  public static Metric<SingleLabelMetrics> f1Of(int label) {
    String name = LabelScheme.singleLabel(TieRule.NONE_CLASS).classes().get(label);
    return new Metric<>("f1", "F1 of " + name, m -> m.counts(label).f1());
  }

  /** The names of the C classes: the emotions, and none where the rule makes that a class. */
  public List<String> classes() {
    return LabelScheme.singleLabel(ties).classes();
  }

  /** N: the segments that take part. */
  public int segments() {
    return confusion.total();
  }

  public BinaryCounts counts(Emotion emotion) {
    return confusion.counts(emotion);
  }

  public BinaryCounts counts(int label) {
    return confusion.counts(label);
  }

  public double accuracy() {
    int right = labels().map(c -> confusion.count(c, c)).sum();
    return (double) right / segments();
  }

  /** Unweighted average recall: the mean over the classes that occur in the truth. */
  public double uar() {
    return labels()
        .mapToObj(this::counts)
        .filter(each -> each.support() > 0)
        .mapToDouble(BinaryCounts::recall)
        .average()
        .orElse(Double.NaN);
  }

  /** The classes that occur in the truth or were predicted: those that averages run over. */
  public List<Integer> occurring() {
    return labels().filter(c -> counts(c).support() + counts(c).fp() > 0).boxed().toList();
  }

  private IntStream labels() {
    return IntStream.range(0, confusion.classes());
  }

  /** Mean over the occurring classes. */
  public Average macro() {
    return Average.macro(occurringCounts());
  }

  /** Mean over the occurring classes, each weighted by its support. */
  public Average weighted() {
    return segments() == 0
        ? new Average(Double.NaN, Double.NaN, Double.NaN)
        : Average.weighted(occurringCounts());
  }

  private List<BinaryCounts> occurringCounts() {
    return occurring().stream().map(this::counts).toList();
  }
}
