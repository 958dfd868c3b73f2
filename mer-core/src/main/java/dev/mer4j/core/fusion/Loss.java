package dev.mer4j.core.fusion;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What training makes small.
 *
 * <p>With p the probability that a row's truth is given, {@code w (1 - p)ᵞ · -log p}, in nats: the
 * cross-entropy, weighted by class, and focused on what is still wrong (Lin et al., 2017). In the
 * multi-label task each emotion has its own p, {@code w} counts where the emotion is present and is
 * 1 where it is not (as {@code pos_weight} of PyTorch's {@code BCEWithLogitsLoss}), and the loss is
 * the mean over batch and emotions. In the single-label task {@code w} is that of the row's
 * emotion, and the loss is the mean over the batch, not divided by the weights' sum.
 *
 * @param weights w [C], in the order of {@link dev.mer4j.data.label.LabelScheme#classes}, each
 *     above 0 and finite
 * @param focalGamma γ: 0 for plain cross-entropy, else in [1, 10]
 */
public record Loss(List<Double> weights, double focalGamma) {
  /** Cross-entropy, all six emotions alike. */
  public static final Loss UNWEIGHTED = unweighted(Emotion.COUNT);

  public Loss {
    List<String> problems = new ArrayList<>();
    weights = List.copyOf(weights);
    if (weights.isEmpty()
        || weights.stream().anyMatch(w -> !(w > 0 && w < Double.POSITIVE_INFINITY))) {
      problems.add("class weights must be finite numbers above 0: " + weights);
    }
    if (!isFocalGamma(focalGamma)) {
      problems.add("focus must be 0 or in [1, 10]: " + focalGamma);
    }
    ConfigException.throwIfAny("loss", problems);
  }

  /** Cross-entropy, all of C classes alike. */
  public static Loss unweighted(int classes) {
    return new Loss(Collections.nCopies(classes, 1.0), 0);
  }

  /**
   * Checks that there is one weight for each class.
   *
   * @throws ConfigException if there is not
   */
  public void requireClasses(int classes) {
    if (weights.size() != classes) {
      throw new ConfigException(
          "a model of " + classes + " classes needs as many class weights: " + weights);
    }
  }

  /** Whether it is cross-entropy, all classes alike. */
  public boolean isUnweighted() {
    return equals(unweighted(weights.size()));
  }

  /** Whether a number can be a {@link #focalGamma}. */
  public static boolean isFocalGamma(double number) {
    return number == 0 || (number >= 1 && number <= 10);
  }
}
