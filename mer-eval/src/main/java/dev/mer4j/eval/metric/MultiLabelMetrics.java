package dev.mer4j.eval.metric;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The metrics of the multi-label task: an emotion is present if its score is above 0.
 *
 * <p>Definitions and values are scikit-learn's, with {@code zero_division=0}. Ranking metrics of an
 * emotion without positives or without negatives are NaN.
 *
 * @param segments N
 * @param emotions [C], in the order of the labels
 * @param micro averages over all N·C pooled decisions
 * @param macro mean over the emotions of the positives' precision, recall and F1
 * @param weighted the same, each emotion weighted by its positives
 * @param samples mean over the segments
 * @param subsetAccuracy share of segments with all six decisions correct
 * @param jaccard mean over the segments of |labels ∩ predicted| / |labels ∪ predicted|, 0 if both
 *     are empty
 */
public record MultiLabelMetrics(
    int segments,
    List<EmotionMetrics> emotions,
    Average micro,
    Average macro,
    Average weighted,
    Average samples,
    double subsetAccuracy,
    double jaccard) {

  /** All scalar metrics, the headline first. */
  public static final List<Metric<MultiLabelMetrics>> METRICS =
      List.of(
          new Metric<>("macro_f1", "macro-F1 of positives", MultiLabelMetrics::macroF1),
          new Metric<>(
              "balanced_accuracy", "balanced accuracy", MultiLabelMetrics::balancedAccuracy),
          new Metric<>(
              "average_precision", "average precision", MultiLabelMetrics::averagePrecision),
          new Metric<>("roc_auc", "ROC-AUC", MultiLabelMetrics::rocAuc),
          new Metric<>("weighted_f1", "support-weighted F1", MultiLabelMetrics::weightedF1),
          new Metric<>("micro_f1", "micro-F1", m -> m.micro().f1()),
          new Metric<>("accuracy", "accuracy per emotion", MultiLabelMetrics::accuracy),
          new Metric<>("subset_accuracy", "subset accuracy", MultiLabelMetrics::subsetAccuracy),
          new Metric<>("jaccard", "Jaccard", MultiLabelMetrics::jaccard));

  public MultiLabelMetrics {
    emotions = List.copyOf(emotions);
  }

  /**
   * Evaluates with the predictions' own thresholds; predictions of a single-label model have one
   * emotion each.
   *
   * @throws MerException if there are no rows, or a probability is not in [0, 1]
   */
  public static MultiLabelMetrics of(Predictions predictions) {
    return of(LabeledPrediction.of(predictions));
  }

  /**
   * Evaluates labeled predictions.
   *
   * @throws MerException if there are none
   */
  public static MultiLabelMetrics of(List<LabeledPrediction> rows) {
    if (rows.isEmpty()) {
      throw new MerException("there is no segment to evaluate: is the split empty?");
    }
    List<EmotionMetrics> emotions = labels(rows).stream().map(e -> of(rows, e)).toList();
    List<BinaryCounts> perEmotion = emotions.stream().map(EmotionMetrics::counts).toList();
    List<BinaryCounts> perSegment = rows.stream().map(BinaryCounts::of).toList();
    return new MultiLabelMetrics(
        rows.size(),
        emotions,
        Average.micro(perEmotion),
        Average.macro(perEmotion),
        Average.weighted(perEmotion),
        Average.macro(perSegment),
        mean(perSegment, each -> each.fp() + each.fn() == 0 ? 1 : 0),
        mean(perSegment, MultiLabelMetrics::jaccard));
  }

  /** Returns the F1 of an emotion's positives. */
  public static Metric<MultiLabelMetrics> f1Of(Emotion emotion) {
    return new Metric<>("f1", "F1 of " + emotion.key(), m -> m.of(emotion).counts().f1());
  }

  /** Returns all scalar metrics of an emotion, F1 first. */
  public static List<Metric<MultiLabelMetrics>> metricsOf(Emotion emotion) {
    return List.of(
        new Metric<>("f1", "F1", m -> m.of(emotion).counts().f1()),
        new Metric<>(
            "balanced_accuracy", "bal. acc.", m -> m.of(emotion).counts().balancedAccuracy()),
        new Metric<>("weighted_f1", "weighted F1", m -> m.of(emotion).counts().weightedF1()),
        new Metric<>("average_precision", "AP", m -> m.of(emotion).averagePrecision()),
        new Metric<>("roc_auc", "ROC-AUC", m -> m.of(emotion).rocAuc()));
  }

  /**
   * Returns the metrics of a label.
   *
   * @throws ConfigException if it was not evaluated
   */
  public EmotionMetrics of(Emotion emotion) {
    return emotions.stream()
        .filter(each -> each.emotion().equals(emotion))
        .findFirst()
        .orElseThrow(() -> new ConfigException("no metrics of label " + emotion));
  }

  /** Returns the headline: the F1 of the positives, averaged over the six emotions. */
  public double macroF1() {
    return macro.f1();
  }

  /** Returns the mean over the emotions. */
  public double balancedAccuracy() {
    return mean(emotions, each -> each.counts().balancedAccuracy());
  }

  /** Returns the mean over the emotions of the F1 of both classes, weighted by support. */
  public double weightedF1() {
    return mean(emotions, each -> each.counts().weightedF1());
  }

  /** Returns the mean over the emotions. */
  public double accuracy() {
    return mean(emotions, each -> each.counts().accuracy());
  }

  /** Returns the mean over the emotions for which it is defined; NaN if there are none. */
  public double averagePrecision() {
    return meanOfDefined(EmotionMetrics::averagePrecision);
  }

  /** Returns the mean over the emotions for which it is defined; NaN if there are none. */
  public double rocAuc() {
    return meanOfDefined(EmotionMetrics::rocAuc);
  }

  private double meanOfDefined(ToDoubleFunction<EmotionMetrics> value) {
    DoubleStream defined = emotions.stream().mapToDouble(value).filter(v -> !Double.isNaN(v));
    return defined.average().orElse(Double.NaN);
  }

  private static EmotionMetrics of(List<LabeledPrediction> rows, Emotion emotion) {
    Ranking ranking = Ranking.of(rows, emotion);
    return new EmotionMetrics(
        emotion, BinaryCounts.of(rows, emotion), ranking.averagePrecision(), ranking.rocAuc());
  }

  private static List<Emotion> labels(List<LabeledPrediction> rows) {
    return rows.get(0).labels().labels();
  }

  private static double jaccard(BinaryCounts segment) {
    int union = segment.tp() + segment.fp() + segment.fn();
    return union == 0 ? 0 : (double) segment.tp() / union;
  }

  private static <T> double mean(List<T> each, ToDoubleFunction<T> value) {
    return each.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
