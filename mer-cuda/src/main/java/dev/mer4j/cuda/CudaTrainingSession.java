package dev.mer4j.cuda;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes whole steps on the GPU: a batch goes there, loss and norm come back, and the host waits
 * once. Parameters, gradient and AdamW's moments stay there.
 */
final class CudaTrainingSession implements TrainingSession {
  private final CudaNetwork network;
  private final CudaEncoders encoders;
  private final CudaHead head;
  private final DeviceUpdate update;
  private final Batcher batches;
  private final FeaturePlacement placement;
  private boolean closed;

  CudaTrainingSession(
      CudaNetwork network,
      CudaEncoders encoders,
      CudaHead head,
      DeviceUpdate update,
      Batcher batches,
      FeaturePlacement placement) {
    this.network = network;
    this.encoders = encoders;
    this.head = head;
    this.update = update;
    this.batches = placement.resident() ? batches.withoutFeatures() : batches;
    this.placement = placement;
  }

  @Override
  public int stepsPerEpoch() {
    return batches.batches();
  }

  @Override
  public PrefetchedBatches epoch(int epoch, int done) {
    List<Batch> rest = batches.epoch(epoch).subList(done, batches.batches());
    return whileOpen(() -> new PrefetchedBatches(rest, encoders::prefetch));
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

  private <R> R whileOpen(Supplier<R> work) {
    synchronized (network) {
      return encoders.use(
          () -> {
            if (closed) {
              throw new IllegalStateException("the training session is closed");
            }
            return work.get();
          });
    }
  }

  @Override
  public void close() {
    synchronized (network) {
      closed = true;
      network.end(this);
    }
  }
}
