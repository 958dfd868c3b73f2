package dev.mer4j.cuda;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;

/**
 * The end of a step on the GPU: the gradient's norm, clipping and AdamW, whose moments stay there.
 */
record DeviceUpdate(
    PhaseTimer clock,
    DeviceModel model,
    GradientNorm norm,
    DeviceAdamW optimizer,
    TrainingOptions options) {

  /** Makes room for the norm before a step begins. */
  void prepare() {
    norm.fit();
  }

  /**
   * Updates the parameters by the gradient that is in the stream, and waits for it.
   *
   * @param losses the address of each row's share of the loss [B]
   */
  StepResult run(long losses, int batch, double learningRate) {
    clock.during(
        Phase.OPTIMIZER,
        () -> {
          norm.measure(model, options.clipping(), losses, batch);
          optimizer.update(norm.found(), options.rates(), learningRate);
        });
    StepResult result = norm.await();
    if (result.isFinite()) {
      optimizer.updated();
    }
    return result;
  }

  float[] gradient() {
    return model.copyOf(model.gradient());
  }

  AdamW.State state() {
    return optimizer.state();
  }

  void restore(AdamW.State state) {
    optimizer.restore(state);
  }
}
