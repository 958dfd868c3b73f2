package dev.mer4j.core.fusion;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The training loss: cross-entropy with class weights and an optional focal term.
 *
 * <p>With p the predicted probability of the label, the loss is {@code w (1 - p)ᵞ · -log p}, in
 * nats; γ &gt; 0 down-weights examples that are already classified well (Lin et al., 2017). In the
 * multi-label task each emotion has its own p, {@code w} applies where the emotion is present and
 * is 1 elsewhere (as {@code pos_weight} of PyTorch's {@code BCEWithLogitsLoss}), and the loss is
 * the mean over batch and emotions. In the single-label task {@code w} is the weight of the row's
 * class, and the loss is the mean over the batch, not divided by the sum of the weights.
 *
 * @param weights w [C], in the order of {@link dev.mer4j.data.label.LabelSet#classes}, each above 0
 *     and finite
 * @param focalGamma γ: 0 for plain cross-entropy, else in [1, 10]
 */
public record Loss(List<Double> weights, double focalGamma) {
  /** Unweighted cross-entropy for six emotions. */
  public static final Loss UNWEIGHTED = unweighted(Emotion.MOSEI.size());

  public Loss {
    List<String> problems = new ArrayList<>();
    weights = List.copyOf(weights);
    if (weights.isEmpty()
        || weights.stream().anyMatch(w -> !(w > 0 && w < Double.POSITIVE_INFINITY))) {
      problems.add("class weights must be finite numbers above 0: " + weights);
    }
    if (!isFocalGamma(focalGamma)) {
      problems.add("focal gamma must be 0 or in [1, 10]: " + focalGamma);
    }
    ConfigException.throwIfAny("loss", problems);
  }

  /** Returns unweighted cross-entropy for C classes. */
  public static Loss unweighted(int classes) {
    return new Loss(Collections.nCopies(classes, 1.0), 0);
  }

  /**
   * Checks that there is one weight for each class.
   *
   * @throws ConfigException if the number of weights differs
   */
  public void requireClasses(int classes) {
    if (weights.size() != classes) {
      throw new ConfigException(
          "a model of " + classes + " classes requires " + classes + " class weights: " + weights);
    }
  }

  /** Returns whether this is unweighted cross-entropy without a focal term. */
  public boolean isUnweighted() {
    return equals(unweighted(weights.size()));
  }

  /** Returns whether a number is a valid {@link #focalGamma}. */
  public static boolean isFocalGamma(double number) {
    return number == 0 || (number >= 1 && number <= 10);
  }
}
