package dev.mer4j.core.encoder;

import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.internal.cpu.ObjectPool;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network with the encoders of a backend, and head, loss and optimizer in plain Java. Inference
 * passes run concurrently if the encoders support it.
 */
public final class HostNetwork implements Network {
  private final Encoders encoders;
  private final HeadShape shape;
  private final Parameters parameters;
  private final ObjectPool<Head> heads;
  private final String headPlacement;

  /** Write-locked while a training step updates the parameters, read-locked by inference. */
  private final ReadWriteLock updates = new ReentrantReadWriteLock();

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
    heads = new ObjectPool<>(() -> head(Loss.unweighted(shape.classes())), unused -> {});
    try {
      heads.accept(head -> {});
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
    return encoded(() -> encoders.forward(sequences, presence));
  }

  @Override
  public List<PerModality<float[]>> encode(
      PerModality<Sequences> sequences, Presence presence, List<ZeroSteps> passes) {
    return encoded(() -> encoders.forward(sequences, presence, passes));
  }

  private <R> R encoded(Supplier<R> pass) {
    if (encoders.supportsConcurrentInference()) {
      return betweenUpdates(pass);
    }
    synchronized (this) {
      return pass.get();
    }
  }

  @Override
  public Head.Output infer(PerModality<float[]> states, Presence presence) {
    requireOpen();
    return betweenUpdates(() -> heads.apply(head -> head.infer(states, presence)));
  }

  private <R> R betweenUpdates(Supplier<R> inference) {
    updates.readLock().lock();
    try {
      return inference.get();
    } finally {
      updates.readLock().unlock();
    }
  }

  /** Changes the parameters while no inference reads them. */
  void update(Consumer<float[]> change) {
    updates.writeLock().lock();
    try {
      change.accept(parameters.values());
    } finally {
      updates.writeLock().unlock();
    }
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
