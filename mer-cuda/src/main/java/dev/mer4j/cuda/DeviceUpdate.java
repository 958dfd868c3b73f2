package dev.mer4j.cuda;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;

/** The update of a step on the GPU: the gradient's norm, clipping and AdamW. */
record DeviceUpdate(
    PhaseTimer timer,
    DeviceModel model,
    GradientNorm norm,
    DeviceAdamW optimizer,
    TrainingOptions options) {

  /** Allocates memory for the norm; called before a step. */
  void prepare() {
    norm.allocate();
  }

  /**
   * Enqueues the update of the parameters by the gradient and waits for the result.
   *
   * @param losses the address of each row's part of the loss [B]
   */
  StepResult run(long losses, int batch, double learningRate) {
    timer.measure(
        Phase.OPTIMIZER,
        () -> {
          norm.compute(model, options.clipping(), losses, batch);
          optimizer.update(norm.results(), options.rates(), learningRate);
        });
    StepResult result = norm.await();
    if (result.isFinite()) {
      optimizer.countStep();
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
