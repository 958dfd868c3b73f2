package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.cpu.Workers;
import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.EncoderEngines;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.io.Provenance;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.seed.SeedStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Three bidirectional LSTM encoders and a fusion head: from the features of a segment to the
 * probabilities of six emotions, whatever modalities are there.
 *
 * <p>Holds native memory: close it. Its methods may be called from several threads, one at a time
 * inside.
 */
public final class MultimodalModel implements AutoCloseable {
  private static final int PREDICTION_BATCH = 64;

  private final ModelConfig config;
  private final String engine;
  private final Parameters parameters;
  private final Encoders encoders;
  private final FusionHead head;
  private final Workers headThread = new Workers(1);
  private final float[] gradient;
  private Standardization standardization;
  private Thresholds thresholds = Thresholds.HALF;

  MultimodalModel(ModelConfig config, EncoderEngine engine, Parameters parameters) {
    this.config = config;
    this.engine = engine.name();
    this.parameters = parameters;
    this.gradient = new float[parameters.size()];
    this.standardization = Standardization.identity(config.inputs());
    this.head = new FusionHead(NetworkLayout.head(config), parameters);
    this.encoders = engine.open(config.inputs().keySet(), parameters);
  }

  /** Starts a new model with random parameters. */
  public static ModelBuilder builder() {
    return new ModelBuilder();
  }

  /**
   * Reads a model that {@link #save} wrote, to run on the best engine of this machine.
   *
   * @throws dev.mer4j.FileException if a file is missing, corrupt or does not fit the others
   */
  public static MultimodalModel load(Path folder) {
    return ModelFolder.load(folder, EncoderEngines.best());
  }

  /** As {@link #load(Path)}, to run on the engine of this name. */
  public static MultimodalModel load(Path folder, String engine) {
    return ModelFolder.load(folder, EncoderEngines.named(engine));
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

  /** The model's own parameters: whoever changes their values changes the model. */
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
   * Runs forward and backward once.
   *
   * @param batch standardized, as {@link #standardization} says
   * @param kept [B, M], what the model is to see of the batch; a subset of the batch's presence
   * @param headDropout where the head's dropped units are drawn from
   */
  public synchronized Step step(Batch batch, Presence kept, SeedStream headDropout) {
    Map<Modality, float[]> states = encoders.forwardTraining(batch.sequences(), kept);
    Map<Modality, float[]> stateGradients = new EnumMap<>(Modality.class);
    double loss = head.train(states, kept, batch.targets(), headDropout, gradient, stateGradients);
    encoders.backward(stateGradients, gradient);
    return new Step(loss, gradient);
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
    checkWidths(segments);
    Batcher batcher =
        Batcher.builder(segments)
            .labels(config.labels())
            .keepUnlabelled()
            .batchSize(PREDICTION_BATCH)
            .layout(layout())
            .modalities(ModalitySet.of(config.inputs().keySet()))
            .standardization(standardization())
            .build();
    Map<SegmentId, Prediction> byId = new HashMap<>();
    for (Batch batch : batcher.inOrder()) {
      for (Prediction prediction : predict(batch, available)) {
        byId.put(prediction.segment().id(), prediction);
      }
    }
    List<Prediction> rows = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      rows.add(Objects.requireNonNull(byId.get(segments.info(s).id())));
    }
    return new Predictions(config.labels(), thresholds(), rows);
  }

  /**
   * Predicts the rows of a batch.
   *
   * @param batch standardized, as {@link #standardization} says
   */
  public synchronized List<Prediction> predict(Batch batch, ModalitySet available) {
    Presence presence =
        batch.presence().and(available).and(ModalitySet.of(config.inputs().keySet()));
    Map<Modality, float[]> states = encoders.forward(batch.sequences(), presence);
    FusionHead.Output output = headThread.call(() -> head.infer(states, presence));
    List<Prediction> predictions = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      List<Double> probabilities = new ArrayList<>();
      for (int c = 0; c < Emotion.COUNT; c++) {
        probabilities.add((double) output.probabilities()[b * Emotion.COUNT + c]);
      }
      predictions.add(
          new Prediction(
              batch.segments().get(b),
              presence.row(b),
              probabilities,
              attention(output, presence, b)));
    }
    return predictions;
  }

  private Map<Modality, Double> attention(FusionHead.Output output, Presence presence, int b) {
    Map<Modality, Double> weights = new EnumMap<>(Modality.class);
    if (config.fusion() instanceof Fusion.Attention) {
      int m = 0;
      for (Modality modality : config.inputs().keySet()) {
        if (presence.has(b, modality)) {
          weights.put(modality, (double) output.weights()[b * config.inputs().size() + m]);
        }
        m++;
      }
    }
    return weights;
  }

  private void checkWidths(SegmentSet segments) {
    config
        .inputs()
        .forEach(
            (modality, width) -> {
              int found = segments.widths().getOrDefault(modality, width);
              if (found != width) {
                throw new ConfigException(
                    "the model reads %d %s features, the data has %d"
                        .formatted(width, modality.key(), found));
              }
            });
  }

  @Override
  public synchronized void close() {
    encoders.close();
    headThread.close();
  }
}
