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

/** A network with the encoders of a backend, and head, loss and optimizer in plain Java. */
public final class HostNetwork implements Network {
  private final Encoders encoders;
  private final HeadShape shape;
  private final Parameters parameters;
  private final Head head;
  private final String headPlacement;
  private @Nullable HostTrainingSession session;
  private volatile boolean closed;

  /**
   * Creates a network that owns the encoders: {@link #close} closes them, as does a failure of this
   * constructor.
   */
  public HostNetwork(Encoders encoders, HeadShape shape, Parameters parameters) {
    this(encoders, shape, parameters, "");
  }

  /**
   * Creates a network for a backend that has a head of its own, but not for this shape.
   *
   * @param headPlacement where the head runs and why, appended to {@link
   *     TrainingSession#featurePlacement}; may be empty
   */
  public HostNetwork(
      Encoders encoders, HeadShape shape, Parameters parameters, String headPlacement) {
    this.encoders = encoders;
    this.shape = shape;
    this.parameters = parameters;
    this.headPlacement = headPlacement;
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
    if (encoders.supportsConcurrentInference()) {
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
          "the model already has an open training session; close it first");
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

  /** Creates a head on the model's parameters. */
  Head head(Loss loss) {
    return new FusionHead(shape, parameters, loss);
  }

  String headPlacement() {
    return headPlacement;
  }

  Parameters parameters() {
    return parameters;
  }

  /**
   * Throws if the network is closed. The caller holds this object's lock, so that it stays open.
   */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  @Override
  public void close() {
    closed = true; // before waiting for the lock, so that a session starts no further step
    synchronized (this) {
      encoders.close();
    }
  }
}
