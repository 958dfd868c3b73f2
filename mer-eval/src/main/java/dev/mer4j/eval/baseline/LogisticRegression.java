package dev.mer4j.eval.baseline;

import dev.mer4j.ConfigException;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.threshold.SetThresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Logistic regression of each label on the means of the steps of all modalities, standardized: the
 * best that is possible without encoders, if neither the order of the steps nor interactions of
 * columns matter. The probabilities of a segment that lacks modalities use their training means.
 */
public final class LogisticRegression implements Predictor {
  /** The inverse strengths of the penalty among which {@link #fit} selects. */
  private static final List<Double> STRENGTHS = List.of(0.001, 0.01, 0.1, 1.0);

  private final LabelSet scheme;
  private final StepMeans means;
  private final List<BinaryLogistic> regressions;

  private LogisticRegression(LabelSet scheme, StepMeans means, List<BinaryLogistic> regressions) {
    this.scheme = scheme;
    this.means = means;
    this.regressions = regressions;
  }

  /**
   * Fits the regressions, and selects the penalty with the highest macro-F1 on the validation split
   * (the strongest of them on a tie).
   *
   * @throws ConfigException if no training segment has labels
   */
  public static LogisticRegression fit(TrainingSplit training, ValidationSplit validation) {
    LabelSet scheme = LabelSet.multiLabel(training.labels());
    StepMeans means = StepMeans.fit(training);
    List<double[]> rows = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    for (int s = 0; s < training.size(); s++) {
      Optional<float[]> target = scheme.targets(training.info(s).scores());
      if (target.isPresent()) {
        rows.add(means.row(training, s, training.info(s).modalities()));
        targets.add(target.get());
      }
    }
    if (rows.isEmpty()) {
      throw new ConfigException("logistic regression: no training segment has labels");
    }
    LogisticRegression best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (double strength : STRENGTHS) {
      LogisticRegression fitted =
          new LogisticRegression(
              scheme, means, regressions(rows.toArray(double[][]::new), targets, strength));
      double macroF1 = macroF1(fitted, validation);
      if (best == null || macroF1 > highest) {
        best = fitted;
        highest = macroF1;
      }
    }
    return best;
  }

  private static List<BinaryLogistic> regressions(
      double[][] rows, List<float[]> targets, double strength) {
    return IntStream.range(0, targets.get(0).length)
        .mapToObj(
            c -> {
              boolean[] present = new boolean[rows.length];
              for (int i = 0; i < rows.length; i++) {
                present[i] = targets.get(i)[c] > 0;
              }
              return BinaryLogistic.fit(rows, present, strength);
            })
        .toList();
  }

  private static double macroF1(LogisticRegression fitted, ValidationSplit validation) {
    Prepared prepared = SetThresholds.fitted(fitted, validation).prepare(validation);
    return MultiLabelMetrics.of(prepared.predict(prepared.presence()).labeled()).macroF1();
  }

  @Override
  public ModalitySet inputs() {
    return ModalitySet.of(means.mean().modalities());
  }

  @Override
  public Prepared prepare(SegmentSet segments) {
    return SegmentPredictor.of(
        scheme,
        segments,
        inputs(),
        (segment, available) -> {
          double[] row = means.row(segments, segment, available);
          return regressions.stream().map(each -> each.probability(row)).toList();
        });
  }
}
