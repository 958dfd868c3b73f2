package dev.mer4j.cuda;

import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.cuda.internal.driver.DeviceInfo;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network with encoders and head on one GPU. */
public final class CudaNetwork implements Network {
  private final CudaEncoders encoders;
  private final CudaHead head;
  private final int classes;
  private @Nullable CudaTrainingSession session;

  /** Creates a network that owns the encoders: {@link #close} closes them. */
  CudaNetwork(CudaEncoders encoders, HeadShape shape) {
    this.encoders = encoders;
    classes = shape.classes();
    head = encoders.openHead(shape, Loss.unweighted(classes));
  }

  @Override
  public Sequences.Layout layout() {
    return encoders.layout();
  }

  @Override
  public synchronized PerModality<float[]> encode(
      PerModality<Sequences> sequences, Presence presence) {
    return encoders.forward(sequences, presence);
  }

  @Override
  public synchronized Head.Output infer(PerModality<float[]> states, Presence presence) {
    return head.infer(states, presence);
  }

  @Override
  public synchronized TrainingSession startTraining(TrainingOptions options, Batcher batches) {
    if (session != null) {
      throw new IllegalStateException(
          "the model already has an open training session; close it first");
    }
    options.loss().requireClasses(classes);
    session = encoders.startTraining(this, head.withLoss(options.loss()), options, batches);
    return session;
  }

  /**
   * Starts copying a batch's features to the GPU, for the training step that uses this same object.
   * Has no effect if GPU memory is full or the network is closed.
   */
  public void prefetch(Batch batch) {
    encoders.prefetch(batch);
  }

  /** Returns the GPU that runs the network. */
  public DeviceInfo device() {
    return encoders.device();
  }

  /** Returns the GPU time of each phase of the latest passes, in milliseconds. */
  public synchronized Map<Phase, Double> times() {
    return encoders.times();
  }

  synchronized void sessionEnded(CudaTrainingSession ended) {
    if (session == ended) {
      session = null;
      encoders.releaseResident();
    }
  }

  @Override
  public void close() {
    encoders.close();
  }
}
