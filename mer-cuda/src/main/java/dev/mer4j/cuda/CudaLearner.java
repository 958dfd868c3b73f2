package dev.mer4j.cuda;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;

/**
 * Takes whole steps on the GPU: a batch goes there, loss and norm come back, and the host waits
 * once. Parameters, gradient and AdamW's memory stay there.
 */
final class CudaLearner implements Learner {
  private final CudaEncoders encoders;
  private final DeviceClock clock;
  private final DeviceModel model;
  private final GradientNorm norm;
  private final DeviceAdamW optimizer;
  private final AdamW.Rates rates;
  private final GradientClipping clipping;

  CudaLearner(
      CudaEncoders encoders,
      DeviceClock clock,
      DeviceModel model,
      GradientNorm norm,
      DeviceAdamW optimizer,
      AdamW.Rates rates,
      GradientClipping clipping) {
    this.encoders = encoders;
    this.clock = clock;
    this.model = model;
    this.norm = norm;
    this.optimizer = optimizer;
    this.rates = rates;
    this.clipping = clipping;
  }

  @Override
  public Outcome step(Batch batch, Presence kept, SeedStream headDropout, double learningRate) {
    return encoders.useFor(this, () -> take(batch, kept, headDropout, learningRate));
  }

  private Outcome take(Batch batch, Presence kept, SeedStream headDropout, double learningRate) {
    norm.fit();
    long losses = encoders.differentiate(batch, kept, headDropout);
    clock.during(
        Phase.OPTIMIZER,
        () -> {
          norm.measure(model, clipping, losses, batch.size());
          optimizer.move(norm.found(), rates, learningRate);
        });
    Outcome outcome = norm.await();
    if (outcome.finite()) {
      optimizer.moved();
    }
    return outcome;
  }

  @Override
  public float[] gradient() {
    return encoders.useFor(this, () -> model.copyOf(model.gradient()));
  }

  @Override
  public AdamW.State state() {
    return encoders.useFor(this, optimizer::state);
  }

  @Override
  public void restore(AdamW.State state) {
    encoders.useFor(
        this,
        () -> {
          optimizer.restore(state);
          return state;
        });
  }
}
