package dev.mer4j.eval.baseline;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Predictors that ignore their input, evaluated on the same segments and by the same code as the
 * model.
 *
 * <p>In the multi-label task they predict: no emotion; all emotions; the emotions that most
 * segments have; and the k most frequent emotions, for k below C. In the single-label task they
 * predict the most frequent class, or always one class. A random predictor draws each emotion with
 * its frequency, once per segment, seeded by the segment's id. Frequencies are those of the
 * training labels.
 *
 * @param fittedOn the labels that the frequencies were computed from
 */
public record Baselines(
    FittedOn fittedOn,
    List<Baseline<MultiLabelMetrics>> multiLabel,
    List<Baseline<SingleLabelMetrics>> singleLabel) {

  /** The labels that the frequencies were computed from. */
  public enum FittedOn {
    TRAINING_LABELS,
    /** The evaluated labels, which can only raise the baselines. */
    EVALUATED_LABELS
  }

  public Baselines {
    multiLabel = List.copyOf(multiLabel);
    singleLabel = List.copyOf(singleLabel);
  }

  /**
   * Evaluates constant predictors on the segments of {@code evaluated}.
   *
   * @param training the training labels; if empty, the evaluated ones are used
   */
  public static Baselines of(List<EmotionScores> training, Predictions evaluated) {
    boolean given = !training.isEmpty();
    Frequencies frequencies =
        Frequencies.of(
            given
                ? training
                : evaluated.rows().stream().map(row -> row.segment().scores()).toList(),
            evaluated.scheme());
    LabelSet single = evaluated.scheme().asSingleLabel();
    LabelSet several = evaluated.scheme().asMultiLabel();
    return new Baselines(
        given ? FittedOn.TRAINING_LABELS : FittedOn.EVALUATED_LABELS,
        Stream.concat(
                multiLabel(frequencies).stream()
                    .map(
                        p ->
                            new Baseline<>(
                                p.name(), MultiLabelMetrics.of(p.predict(several, evaluated)))),
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

  /** Returns the best constant predictor by a metric; the first of them on a tie. */
  public Baseline<MultiLabelMetrics> bestMultiLabel(Metric<MultiLabelMetrics> metric) {
    return best(multiLabel, metric);
  }

  /** Returns the best constant predictor by a metric; the first of them on a tie. */
  public Baseline<SingleLabelMetrics> bestSingleLabel(Metric<SingleLabelMetrics> metric) {
    return best(singleLabel, metric);
  }

  private static <M> Baseline<M> best(List<Baseline<M>> baselines, Metric<M> metric) {
    Baseline<M> best = baselines.get(0);
    for (Baseline<M> each : baselines) {
      // The random predictor is not a baseline to beat: its score depends on the seed.
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
    for (int k = 1; k < ranked.size(); k++) {
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
