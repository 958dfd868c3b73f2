package dev.mer4j.core.encoder;

import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import org.jspecify.annotations.Nullable;

/** The encoders of a backend, with head, loss and optimizer in plain Java. */
public final class HostNetwork implements Network {
  private final Encoders encoders;
  private final HeadShape shape;
  private final Parameters parameters;
  private final Head head;
  private @Nullable HostTrainingSession session;
  private volatile boolean closed;

  /**
   * Takes the encoders over: {@link #close} closes them, and so does a head that cannot be made.
   */
  public HostNetwork(Encoders encoders, HeadShape shape, Parameters parameters) {
    this.encoders = encoders;
    this.shape = shape;
    this.parameters = parameters;
    try {
      head = head(Loss.unweighted(shape.classes()));
    } catch (RuntimeException e) {
      try {
        encoders.close();
      } catch (RuntimeException onTop) {
        e.addSuppressed(onTop);
      }
      throw e;
    }
  }

  @Override
  public Sequences.Layout layout() {
    return encoders.layout();
  }

  @Override
  public PerModality<float[]> encode(PerModality<Sequences> sequences, Presence presence) {
    if (encoders.runsForManyThreads()) {
      return encoders.forward(sequences, presence);
    }
    synchronized (this) {
      return encoders.forward(sequences, presence);
    }
  }

  @Override
  public synchronized Head.Output infer(PerModality<float[]> states, Presence presence) {
    requireOpen();
    return head.infer(states, presence);
  }

  @Override
  public synchronized TrainingSession startTraining(TrainingOptions options, Batcher batches) {
    requireOpen();
    if (session != null) {
      throw new IllegalStateException(
          "a training of the model is running; close its session first");
    }
    options.loss().requireClasses(shape.classes());
    session = new HostTrainingSession(this, options, batches);
    return session;
  }

  synchronized void end(HostTrainingSession ended) {
    if (session == ended) {
      session = null;
    }
  }

  Encoders encoders() {
    return encoders;
  }

  /** Makes a head on the model's parameters. */
  Head head(Loss loss) {
    return new FusionHead(shape, parameters, loss);
  }

  Parameters parameters() {
    return parameters;
  }

  /** Throws if the network is closed; called with this locked, so that it stays open meanwhile. */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  @Override
  public void close() {
    closed = true; // before it waits, so that a session takes no further step
    synchronized (this) {
      encoders.close();
    }
  }
}
