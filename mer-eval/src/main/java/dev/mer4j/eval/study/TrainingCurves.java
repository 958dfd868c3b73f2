package dev.mer4j.eval.study;

import java.util.List;

/**
 * The learning curves of a training run.
 *
 * @param epochs the epochs, from 1
 * @param loss the training loss, in nats, with the run's class weights and focal γ
 * @param validLoss cross-entropy on the validation split, in nats, always unweighted
 * @param validMacroF1 macro-F1 on the validation split, in [0, 1]
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
