package dev.mer4j.cuda;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.training.GuardedTrainingSession;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import java.util.function.Supplier;

/**
 * Runs complete training steps on the GPU: the batch is copied there, loss and norm are copied
 * back, and the host waits once. Parameters, gradient and AdamW's moments stay on the GPU.
 */
final class CudaTrainingSession extends GuardedTrainingSession {
  private final CudaNetwork network;
  private final CudaEncoders encoders;
  private final CudaHead head;
  private final DeviceUpdate update;
  private final FeaturePlacement placement;

  CudaTrainingSession(
      CudaNetwork network,
      CudaEncoders encoders,
      CudaHead head,
      DeviceUpdate update,
      Batcher batches,
      FeaturePlacement placement) {
    super(network, placement.resident() ? batches.withoutFeatures() : batches);
    this.network = network;
    this.encoders = encoders;
    this.head = head;
    this.update = update;
    this.placement = placement;
  }

  @Override
  public StepResult step(Batch batch, Presence kept, SeedStream headDropout, double learningRate) {
    return whileOpen(
        () -> {
          update.prepare();
          long losses = encoders.differentiate(head, batch, kept, headDropout);
          return update.run(losses, batch.size(), learningRate);
        });
  }

  @Override
  public float[] gradient() {
    return whileOpen(update::gradient);
  }

  @Override
  public AdamW.State optimizerState() {
    return whileOpen(update::state);
  }

  @Override
  public void restore(AdamW.State state) {
    whileOpen(
        () -> {
          update.restore(state);
          return state;
        });
  }

  @Override
  public String featurePlacement() {
    return placement.description();
  }

  @Override
  protected <R> R useNetwork(Supplier<R> work) {
    return encoders.use(work);
  }

  @Override
  protected void prefetch(Batch batch) {
    encoders.prefetch(batch);
  }

  @Override
  protected void ended() {
    network.sessionEnded(this);
  }
}
