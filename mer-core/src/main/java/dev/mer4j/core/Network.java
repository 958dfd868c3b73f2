package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The encoders of a model and the head that their states go through. Not for several threads at
 * once, but for {@link Encoders#forward} of encoders that are.
 */
final class Network implements AutoCloseable {
  private final ModelConfig config;
  private final Parameters parameters;
  private final Encoders encoders;
  private final float[] gradient;
  private Head head;

  /** Opens the encoders and a head with the plain loss. */
  Network(ModelConfig config, EncoderEngine engine, Parameters parameters) {
    this.config = config;
    this.parameters = parameters;
    gradient = new float[parameters.size()];
    encoders = engine.open(config.inputs().keySet(), parameters);
    try {
      head = head(Loss.plain(config.labels().classes().size()));
    } catch (RuntimeException e) {
      try {
        encoders.close();
      } catch (RuntimeException onTop) {
        e.addSuppressed(onTop);
      }
      throw e;
    }
  }

  Encoders encoders() {
    return encoders;
  }

  Head head() {
    return head;
  }

  /**
   * Goes on with a head that has this loss, and returns it.
   *
   * @throws ConfigException if it has not one weight for each class
   */
  Head setLoss(Loss loss) {
    int classes = config.labels().classes().size();
    if (loss.weights().size() != classes) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "a model of %d classes needs as many class weights: %s",
              classes,
              loss.weights()));
    }
    head = head(loss);
    return head;
  }

  private Head head(Loss loss) {
    return encoders.head(NetworkLayout.head(config), parameters, loss);
  }

  /** Runs forward and backward once; the gradient [P] is valid until the next time. */
  Step differentiate(Batch batch, Presence kept, SeedStream headDropout) {
    Map<Modality, float[]> states = encoders.forwardTraining(batch, kept);
    Map<Modality, float[]> stateGradients = new EnumMap<>(Modality.class);
    double loss = head.train(states, kept, batch.targets(), headDropout, gradient, stateGradients);
    encoders.backward(stateGradients, gradient);
    return new Step(loss, gradient);
  }

  @Override
  public void close() {
    encoders.close();
  }
}
