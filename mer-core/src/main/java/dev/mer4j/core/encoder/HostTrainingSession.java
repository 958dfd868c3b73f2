package dev.mer4j.core.encoder;

import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping.Clipped;
import dev.mer4j.core.training.GuardedTrainingSession;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import java.util.function.Supplier;

/** A training session in plain Java: forward, backward, clip, update. */
final class HostTrainingSession extends GuardedTrainingSession {
  private final HostNetwork network;
  private final TrainingOptions options;
  private final Head head;
  private final AdamW optimizer;
  private final float[] gradient;

  HostTrainingSession(HostNetwork network, TrainingOptions options, Batcher batches) {
    super(network, batches);
    this.network = network;
    this.options = options;
    head = network.head(options.loss());
    optimizer = new AdamW(options.rates(), network.parameters().size());
    gradient = new float[network.parameters().size()];
  }

  @Override
  public StepResult step(Batch batch, Presence kept, SeedStream headDropout, double learningRate) {
    return whileOpen(
        () -> {
          double loss = differentiate(batch, kept, headDropout);
          Clipped clipped = options.clipping().apply(gradient);
          StepResult result = new StepResult(loss, clipped.norm(), clipped.clipped());
          if (result.isFinite()) {
            network.update(
                parameters ->
                    optimizer.update(parameters, gradient, clipped.scale(), learningRate));
          }
          return result;
        });
  }

  private double differentiate(Batch batch, Presence kept, SeedStream headDropout) {
    Encoders encoders = network.encoders();
    PerModality<float[]> states = encoders.forwardTraining(batch.sequences(), kept);
    PerModality<float[]> stateGradients = states.map(state -> new float[state.length]);
    double loss = head.train(states, kept, batch.targets(), headDropout, gradient, stateGradients);
    encoders.backward(stateGradients, gradient);
    return loss;
  }

  @Override
  public float[] gradient() {
    return whileOpen(() -> gradient);
  }

  @Override
  public AdamW.State optimizerState() {
    return whileOpen(optimizer::state);
  }

  @Override
  public void restore(AdamW.State state) {
    whileOpen(
        () -> {
          optimizer.restore(state);
          return state;
        });
  }

  @Override
  public String featurePlacement() {
    String features = "features are read and packed batch by batch";
    String head = network.headPlacement();
    return head.isEmpty() ? features : features + "; " + head;
  }

  @Override
  protected <R> R useNetwork(Supplier<R> work) {
    network.requireOpen();
    return work.get();
  }

  @Override
  protected void prefetch(Batch batch) {}

  @Override
  protected void ended() {
    network.end(this);
  }
}
