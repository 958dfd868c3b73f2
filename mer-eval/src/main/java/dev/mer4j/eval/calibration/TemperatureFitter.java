package dev.mer4j.eval.calibration;

import dev.mer4j.core.LogProbability;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Temperatures;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.threshold.ValidationPredictions;
import dev.mer4j.eval.threshold.ValidationSets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Fits temperatures that minimize the cross-entropy of validation predictions, between {@value
 * #LOWEST} and {@value #HIGHEST}.
 */
public final class TemperatureFitter {
  private static final double LOWEST = 0.05;
  private static final double HIGHEST = 20;

  private TemperatureFitter() {}

  /** Fits temperatures to predictions from the segments' own modalities, without those of sets. */
  public static Temperatures fit(ValidationPredictions validation) {
    return fit(validation.predictions());
  }

  /** Fits temperatures for each set of modalities, and those of all other sets. */
  public static Temperatures fit(ValidationSets validation) {
    Map<ModalitySet, List<Double>> sets = new TreeMap<>();
    validation.bySet().forEach((set, predictions) -> sets.put(set, fit(predictions).perEmotion()));
    return new Temperatures(fit(validation.own()).perEmotion(), sets);
  }

  static Temperatures fit(Predictions validation) {
    Predictions labeled = validation.labeled();
    if (labeled.scheme().task() == Task.SINGLE_LABEL) {
      double shared = minimum(t -> softmaxLoss(labeled, t));
      return new Temperatures(Collections.nCopies(labeled.scheme().classCount(), shared));
    }
    List<Double> fitted = new ArrayList<>();
    for (int c = 0; c < labeled.scheme().classCount(); c++) {
      int label = c;
      boolean[] present = new boolean[labeled.size()];
      double[] logits = new double[labeled.size()];
      for (int row = 0; row < logits.length; row++) {
        Prediction each = labeled.rows().get(row);
        present[row] = labeled.scheme().present(each.segment().scores(), label);
        logits[row] = LogProbability.logit(each.probabilities().get(label));
      }
      fitted.add(minimum(t -> sigmoidLoss(logits, present, t)));
    }
    return new Temperatures(fitted);
  }

  private static double sigmoidLoss(double[] logits, boolean[] present, double temperature) {
    double loss = 0;
    for (int row = 0; row < logits.length; row++) {
      double scaled = logits[row] / temperature;
      double towards = present[row] ? -scaled : scaled;
      loss += Math.max(towards, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(towards)));
    }
    return loss;
  }

  private static double softmaxLoss(Predictions validation, double temperature) {
    double loss = 0;
    for (Prediction row : validation.rows()) {
      var targets = validation.scheme().targets(row.segment().scores());
      if (targets.isPresent()) {
        double sum = 0;
        for (int c = 0; c < row.probabilities().size(); c++) {
          double scaled = LogProbability.of(row.probabilities().get(c)) / temperature;
          loss -= targets.get()[c] * scaled;
          sum += StrictMath.exp(scaled);
        }
        loss += StrictMath.log(sum);
      }
    }
    return loss;
  }

  /**
   * Searches log-temperature by golden section; the loss is convex in 1 / temperature. Returns 1 if
   * the loss does not depend on the temperature, as without segments of the task.
   */
  private static double minimum(DoubleUnaryOperator loss) {
    double low = StrictMath.log(LOWEST);
    double high = StrictMath.log(HIGHEST);
    if (loss.applyAsDouble(LOWEST) == loss.applyAsDouble(1)
        && loss.applyAsDouble(HIGHEST) == loss.applyAsDouble(1)) {
      return 1;
    }
    double ratio = (Math.sqrt(5) - 1) / 2;
    for (int i = 0; i < 60; i++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (loss.applyAsDouble(StrictMath.exp(left)) <= loss.applyAsDouble(StrictMath.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return StrictMath.exp((low + high) / 2);
  }
}
