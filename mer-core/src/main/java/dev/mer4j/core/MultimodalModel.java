package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.EncoderEngines;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.Holding;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.io.Provenance;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.seed.SeedStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Three bidirectional LSTM encoders and a fusion head: from the features of a segment to the
 * probabilities of the emotions, whatever modalities are there.
 *
 * <p>Holds native memory: close it once nothing runs. Its methods may be called from several
 * threads. Those that encode run side by side on engine {@code packed}, and one at a time on the
 * others; the rest, the fusion head among it, runs one at a time.
 */
public final class MultimodalModel implements AutoCloseable {
  private final ModelConfig config;
  private final String engine;
  private final Parameters parameters;
  private final Encoders encoders;
  private Head head;
  private final float[] gradient;
  private Standardization standardization;
  private Thresholds thresholds = Thresholds.HALF;

  MultimodalModel(ModelConfig config, EncoderEngine engine, Parameters parameters) {
    this.config = config;
    this.engine = engine.name();
    this.parameters = parameters;
    this.gradient = new float[parameters.size()];
    this.standardization = Standardization.identity(config.inputs());
    this.encoders = engine.open(config.inputs().keySet(), parameters);
    this.head = firstHead();
  }

  private Head firstHead() {
    Loss loss = Loss.plain(config.labels().classes().size());
    try {
      return encoders.head(NetworkLayout.head(config), parameters, loss);
    } catch (RuntimeException e) {
      try {
        encoders.close();
      } catch (RuntimeException onTop) {
        e.addSuppressed(onTop);
      }
      throw e;
    }
  }

  /** Starts a new model with random parameters. */
  public static ModelBuilder builder() {
    return new ModelBuilder();
  }

  /**
   * Reads a model that {@link #save} wrote, to run on the best engine of this machine that can.
   *
   * @throws dev.mer4j.FileException if a file is missing, corrupt or does not fit the others
   */
  public static MultimodalModel load(Path folder) {
    return ModelFolder.load(folder, EncoderEngines::best);
  }

  /** As {@link #load(Path)}, to run on the engine of this name. */
  public static MultimodalModel load(Path folder, String engine) {
    return ModelFolder.load(folder, shape -> EncoderEngines.named(engine));
  }

  /**
   * Writes the model as a folder of {@code config.json}, {@code model.safetensors} and {@code
   * provenance.json}.
   *
   * @throws dev.mer4j.FileException if a file cannot be written
   */
  public synchronized void save(Path folder, Provenance provenance) {
    ModelFolder.save(this, folder, provenance);
  }

  public ModelConfig config() {
    return config;
  }

  /** The name of the engine that runs the encoders. */
  public String engine() {
    return engine;
  }

  /**
   * The model's own parameters: whoever changes their values changes the model. After a step of a
   * learner, ask them for their values again.
   */
  public Parameters parameters() {
    return parameters;
  }

  /** The layout of sequences that its engine likes best. */
  public Sequences.Layout layout() {
    return encoders.layout();
  }

  /**
   * What features are standardized by before the encoders see them; the identity until something
   * was fitted.
   */
  public synchronized Standardization standardization() {
    return standardization;
  }

  /**
   * Sets what features are standardized by.
   *
   * @throws ConfigException if its widths are not the model's
   */
  public synchronized void standardize(Standardization fitted) {
    config
        .inputs()
        .forEach(
            (modality, width) -> {
              if (fitted.of(modality).width() != width) {
                throw new ConfigException(
                    "standardization of %s has %d columns, the model reads %d"
                        .formatted(modality.key(), fitted.of(modality).width(), width));
              }
            });
    standardization = fitted;
  }

  /** Where emotions count as predicted; one half until something was fitted. */
  public synchronized Thresholds thresholds() {
    return thresholds;
  }

  /** Sets where emotions count as predicted. */
  public synchronized void decideBy(Thresholds fitted) {
    thresholds = fitted;
  }

  /**
   * Sets the loss of the steps to come; plain cross-entropy until told. It is not saved.
   *
   * @throws ConfigException if it has not one weight for each class
   */
  public synchronized void learnBy(Loss loss) {
    int classes = config.labels().classes().size();
    if (loss.weights().size() != classes) {
      throw new ConfigException(
          "a model of %d classes needs as many class weights: %s"
              .formatted(classes, loss.weights()));
    }
    head = encoders.head(NetworkLayout.head(config), parameters, loss);
  }

  /**
   * Runs forward and backward once, and leaves the gradient to the caller; a {@link #learner}
   * trains.
   *
   * @param batch standardized, as {@link #standardization} says
   * @param kept [B, M], what the model is to see of the batch; a subset of the batch's presence
   * @param headDropout where the head's dropped units are drawn from
   */
  public synchronized Step step(Batch batch, Presence kept, SeedStream headDropout) {
    Map<Modality, float[]> states = encoders.forwardTraining(batch, kept);
    Map<Modality, float[]> stateGradients = new EnumMap<>(Modality.class);
    double loss = head.train(states, kept, batch.targets(), headDropout, gradient, stateGradients);
    encoders.backward(stateGradients, gradient);
    return new Step(loss, gradient);
  }

  /**
   * Tells that a step of this very batch may follow: on a GPU, its features travel while another
   * step runs. May be called from any thread; no step needs it.
   */
  public void announce(Batch batch) {
    encoders.announce(batch);
  }

  /**
   * Has the engine hold the features of a whole training, if it can and they fit; then steps take
   * batches {@linkplain Batcher#withoutFeatures without features}, until it is closed.
   *
   * @param batches standardized, as {@link #standardization} says
   * @throws dev.mer4j.MerException if a segment cannot be read, or the engine's device fails
   */
  public synchronized Holding hold(Batcher batches) {
    Holding held = encoders.hold(batches, Math.max(batches.batchSize(), SegmentEncoder.BATCH));
    return new Holding(held.held(), held.where(), () -> close(held));
  }

  private synchronized void close(Holding held) {
    held.close();
  }

  /**
   * Makes what trains the model, step by step, by the loss of {@link #learnBy}; it starts with no
   * memory, and takes the place of an earlier one. Where the engine can, all of a step happens on
   * its device, and {@link #parameters} fetch their values when they are next asked for.
   */
  public synchronized Learner learner(AdamW.Rates rates, GradientClipping clipping) {
    return new ModelLearner(
        this,
        encoders
            .learner(rates, clipping)
            .orElseGet(() -> new HostLearner(this, new AdamW(rates, parameters.size()), clipping)));
  }

  /** Predicts every segment with all that it has, in the order of the set. */
  public Predictions predict(SegmentSet segments) {
    return predict(segments, ModalitySet.ALL);
  }

  /**
   * Predicts every segment with what it has of these modalities, in the order of the set. A segment
   * with none of them gets what the model says of nothing at all.
   */
  public Predictions predict(SegmentSet segments, ModalitySet available) {
    Encodings encodings = encode(segments, available);
    return predict(encodings, encodings.presence());
  }

  /**
   * Runs the encoders over all that the segments have, so that predictions from any of it cost no
   * more than passes of the head.
   */
  public Encodings encode(SegmentSet segments) {
    return encode(segments, ModalitySet.ALL);
  }

  /** As {@link #encode(SegmentSet)}, over what the segments have of these modalities. */
  public Encodings encode(SegmentSet segments, ModalitySet available) {
    return new SegmentEncoder(config, standardization(), layout(), this::encode)
        .encode(segments, available);
  }

  private Map<Modality, float[]> encode(Batch batch, Presence presence) {
    if (encoders.runsForManyThreads()) {
      return encoders.forward(batch.sequences(), presence);
    }
    synchronized (this) {
      return encoders.forward(batch.sequences(), presence);
    }
  }

  /**
   * Predicts encoded segments, in their order.
   *
   * @param available [N, M], what the head is to see; what was not encoded stays absent
   * @throws ConfigException if a model of another shape encoded them, or N differs
   */
  public synchronized Predictions predict(Encodings encodings, Presence available) {
    return new Predictions(
        config.labels(), thresholds, headPass(encodings, available).predictions());
  }

  /** As {@link #predict(Encodings, Presence)}, with the same modalities for all segments. */
  public Predictions predict(Encodings encodings, ModalitySet available) {
    return predict(encodings, encodings.presence().and(available));
  }

  /**
   * What the head says of encoded segments before sigmoid or softmax, in their order.
   *
   * @param available as for {@link #predict(Encodings, Presence)}
   * @return [N, C]
   */
  public synchronized float[] logits(Encodings encodings, Presence available) {
    return headPass(encodings, available).logits();
  }

  private HeadPass headPass(Encodings encodings, Presence available) {
    if (!encodings.config().equals(config)) {
      throw new ConfigException(
          "encoded by another model: %s, this one is %s".formatted(encodings.config(), config));
    }
    return new HeadPass(head, encodings, encodings.presence().and(available));
  }

  @Override
  public synchronized void close() {
    encoders.close();
  }
}
