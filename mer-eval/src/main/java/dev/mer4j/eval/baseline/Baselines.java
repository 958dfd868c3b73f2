package dev.mer4j.eval.baseline;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Predictors that ignore their input, judged on the same segments and by the same code as the
 * model.
 *
 * <p>In the multi-label task they answer: nothing; everything; what most segments have; and the k
 * most frequent emotions, for every k in 1 to 5. In the single-label task: the most frequent class,
 * and each of them. One more answers at random, each emotion as often as it occurs: drawn once per
 * segment, from its id. What is frequent is read from the training labels.
 *
 * @param fittedOn where the frequencies come from
 */
public record Baselines(
    FittedOn fittedOn,
    List<Baseline<MultiLabelMetrics>> multiLabel,
    List<Baseline<SingleLabelMetrics>> singleLabel) {

  /** The labels whose frequencies the constant predictors know. */
  public enum FittedOn {
    TRAINING_LABELS,
    /** They know what they are judged on, which only raises the floor. */
    EVALUATED_LABELS
  }

  public Baselines {
    multiLabel = List.copyOf(multiLabel);
    singleLabel = List.copyOf(singleLabel);
  }

  /**
   * Judges constant predictors on the segments of {@code evaluated}.
   *
   * @param training the training labels; if empty, the evaluated ones take their place
   */
  public static Baselines of(List<EmotionScores> training, Predictions evaluated) {
    boolean given = !training.isEmpty();
    Frequencies frequencies =
        Frequencies.of(
            given
                ? training
                : evaluated.rows().stream().map(row -> row.segment().scores()).toList(),
            evaluated.scheme().ties());
    LabelScheme single = LabelScheme.singleLabel(evaluated.scheme().ties());
    return new Baselines(
        given ? FittedOn.TRAINING_LABELS : FittedOn.EVALUATED_LABELS,
        Stream.concat(
                multiLabel(frequencies).stream()
                    .map(
                        p ->
                            new Baseline<>(
                                p.name(),
                                MultiLabelMetrics.of(
                                    p.predict(LabelScheme.MULTI_LABEL, evaluated)))),
                Stream.of(
                    new Baseline<>(
                        PriorRandom.NAME,
                        MultiLabelMetrics.of(
                            new PriorRandom(frequencies).predictSeveral(evaluated)))))
            .toList(),
        Stream.concat(
                singleLabel(frequencies, single.classes()).stream()
                    .map(
                        p ->
                            new Baseline<>(
                                p.name(), SingleLabelMetrics.of(p.predict(single, evaluated)))),
                Stream.of(
                    new Baseline<>(
                        PriorRandom.NAME,
                        SingleLabelMetrics.of(new PriorRandom(frequencies).predictOne(evaluated)))))
            .toList());
  }

  /** The constant predictor that is best by this metric; the first of them on a tie. */
  public Baseline<MultiLabelMetrics> bestMultiLabel(Metric<MultiLabelMetrics> metric) {
    return best(multiLabel, metric);
  }

  /** The constant predictor that is best by this metric; the first of them on a tie. */
  public Baseline<SingleLabelMetrics> bestSingleLabel(Metric<SingleLabelMetrics> metric) {
    return best(singleLabel, metric);
  }

  private static <M> Baseline<M> best(List<Baseline<M>> baselines, Metric<M> metric) {
    Baseline<M> best = baselines.get(0);
    for (Baseline<M> each : baselines) {
      // Luck makes no floor.
      boolean constant = !each.name().equals(PriorRandom.NAME);
      if (constant && metric.of(each.metrics()) > metric.of(best.metrics())) {
        best = each;
      }
    }
    return best;
  }

  private static List<ConstantPredictor> multiLabel(Frequencies frequencies) {
    List<String> ranked = frequencies.ranked();
    List<ConstantPredictor> predictors = new ArrayList<>();
    predictors.add(new ConstantPredictor("all positive", Set.copyOf(ranked)));
    predictors.add(new ConstantPredictor("all negative", Set.of()));
    predictors.add(new ConstantPredictor("majority", Set.copyOf(frequencies.majority())));
    for (int k = 1; k < Emotion.COUNT; k++) {
      predictors.add(ConstantPredictor.always(ranked.subList(0, k)));
    }
    return predictors;
  }

  private static List<ConstantPredictor> singleLabel(
      Frequencies frequencies, List<String> classes) {
    List<ConstantPredictor> predictors = new ArrayList<>();
    String most = classes.get(frequencies.mostOftenStrongest());
    predictors.add(new ConstantPredictor("majority", Set.of(most)));
    classes.forEach(each -> predictors.add(ConstantPredictor.always(List.of(each))));
    return predictors;
  }
}
