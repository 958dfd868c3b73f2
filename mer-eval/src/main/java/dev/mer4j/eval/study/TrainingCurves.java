package dev.mer4j.eval.study;

import java.util.List;

/**
 * How a training run went, epoch by epoch.
 *
 * @param epochs from 1
 * @param loss the training loss, in nats; weighted and focused, if the run's is
 * @param validLoss cross-entropy on the validation split, in nats; neither
 * @param validMacroF1 on the validation split, in [0, 1]
 */
public record TrainingCurves(
    List<Double> epochs, List<Double> loss, List<Double> validLoss, List<Double> validMacroF1) {
  public TrainingCurves {
    epochs = List.copyOf(epochs);
    loss = List.copyOf(loss);
    validLoss = List.copyOf(validLoss);
    validMacroF1 = List.copyOf(validMacroF1);
  }
}
