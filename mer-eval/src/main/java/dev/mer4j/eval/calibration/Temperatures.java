package dev.mer4j.eval.calibration;

import dev.mer4j.ConfigException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.metric.CrossEntropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Divisors of the logits that calibrate probabilities (temperature scaling; Guo et al., 2017): one
 * temperature per emotion in the multi-label task; one for all in the single-label task, whose
 * probabilities share a softmax.
 *
 * @param perEmotion the temperature of each emotion, above 0; values above 1 lower the confidence
 */
public record Temperatures(List<Double> perEmotion) {
  private static final double LOWEST = 0.05;
  private static final double HIGHEST = 20;

  public Temperatures {
    perEmotion = List.copyOf(perEmotion);
    if (perEmotion.isEmpty() || perEmotion.stream().anyMatch(t -> !(t > 0 && Double.isFinite(t)))) {
      throw new ConfigException("temperatures must be numbers above 0: " + perEmotion);
    }
  }

  /**
   * Fits temperatures between {@value #LOWEST} and {@value #HIGHEST} that minimize the
   * cross-entropy of validation predictions.
   *
   * @param validation predictions for segments that are not evaluated
   */
  static Temperatures fit(Predictions validation) {
    Predictions labeled = validation.labeled();
    int labels = labeled.scheme().labels().size();
    if (labeled.scheme().task() == Task.SINGLE_LABEL) {
      double shared = minimum(t -> softmaxLoss(labeled, t));
      return new Temperatures(Collections.nCopies(labels, shared));
    }
    List<Double> fitted = new ArrayList<>();
    for (int c = 0; c < labels; c++) {
      int label = c;
      boolean[] present = new boolean[labeled.size()];
      double[] logits = new double[labeled.size()];
      for (int row = 0; row < logits.length; row++) {
        Prediction each = labeled.rows().get(row);
        present[row] = labeled.scheme().present(each.segment().scores(), label);
        logits[row] = CrossEntropy.logit(each.probabilities().get(label));
      }
      fitted.add(minimum(t -> sigmoidLoss(logits, present, t)));
    }
    return new Temperatures(fitted);
  }

  /** Returns the temperature of a label, by its index. */
  public double of(int label) {
    return perEmotion.get(label);
  }

  /** Returns the predictions with calibrated probabilities. */
  public Predictions applyTo(Predictions predictions) {
    boolean single = predictions.scheme().task() == Task.SINGLE_LABEL;
    return new Predictions(
        predictions.scheme(),
        predictions.thresholds(),
        predictions.rows().stream()
            .map(
                row ->
                    new Prediction(
                        row.segment(),
                        row.available(),
                        row.labels(),
                        single ? softmax(row, of(0)) : sigmoids(row),
                        row.attention()))
            .toList());
  }

  private List<Double> sigmoids(Prediction row) {
    List<Double> probabilities = new ArrayList<>();
    for (int c = 0; c < perEmotion.size(); c++) {
      probabilities.add(
          1 / (1 + Math.exp(-CrossEntropy.logit(row.probabilities().get(c)) / of(c))));
    }
    return probabilities;
  }

  private static List<Double> softmax(Prediction row, double temperature) {
    double[] powers =
        row.probabilities().stream()
            .mapToDouble(p -> Math.exp(CrossEntropy.log(p) / temperature))
            .toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).mapToObj(power -> power / sum).toList();
  }

  private static double sigmoidLoss(double[] logits, boolean[] present, double temperature) {
    double loss = 0;
    for (int row = 0; row < logits.length; row++) {
      double scaled = logits[row] / temperature;
      double towards = present[row] ? -scaled : scaled;
      loss += Math.max(towards, 0) + Math.log1p(Math.exp(-Math.abs(towards)));
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
          double scaled = CrossEntropy.log(row.probabilities().get(c)) / temperature;
          loss -= targets.get()[c] * scaled;
          sum += Math.exp(scaled);
        }
        loss += Math.log(sum);
      }
    }
    return loss;
  }

  /** Searches log-temperature by golden section; the loss is convex in 1 / temperature. */
  private static double minimum(DoubleUnaryOperator loss) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double low = Math.log(LOWEST);
    double high = Math.log(HIGHEST);
    for (int i = 0; i < 60; i++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (loss.applyAsDouble(Math.exp(left)) <= loss.applyAsDouble(Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.exp((low + high) / 2);
  }
}
