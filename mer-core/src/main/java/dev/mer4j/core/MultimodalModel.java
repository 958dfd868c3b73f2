package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.encoder.TrainedBackend;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.internal.lifetime.UseGate;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Three bidirectional LSTM encoders and a fusion head: from the features of a segment to the
 * probabilities of the emotions, whatever modalities are there.
 *
 * <p>Its methods may be called from several threads. Those that encode run side by side on backend
 * {@code native}, and one at a time on the others; the rest, the fusion head among it, runs one at
 * a time. An interrupt does not end a call: its result is the same, and the thread's interrupt flag
 * is kept.
 *
 * <p>Holds native memory: close it. {@link #close} waits for calls that run; later ones throw
 * {@link IllegalStateException}, also those of a {@link TrainingSession}, but for those that need
 * only the Java heap: settings, parameters and {@link #save}. What was not closed is freed after
 * the garbage collector found it unreachable.
 */
public final class MultimodalModel implements AutoCloseable {
  private final ModelConfig config;
  private final UseGate gate = new UseGate("the model");
  private final TrainedBackend backend;
  private final Parameters parameters;
  private final Network network;
  private volatile Standardization standardization;
  private volatile Thresholds thresholds = Thresholds.HALF;

  MultimodalModel(ModelConfig config, Backend backend, Parameters parameters) {
    this.config = config;
    this.backend = TrainedBackend.of(backend);
    this.parameters = parameters;
    this.standardization = Standardization.identity(config.inputs());
    this.network = backend.openNetwork(NetworkLayout.head(config), parameters);
  }

  /** Starts a new model with random parameters. */
  public static ModelBuilder builder() {
    return new ModelBuilder();
  }

  /**
   * Reads a model that {@link #save} wrote, to run on the best backend of this machine that can,
   * and that computes the same function as the backend it was trained on.
   *
   * @throws dev.mer4j.FileException if a file is missing, corrupt or does not fit the others
   * @throws ConfigException if no such backend can run it here
   */
  public static MultimodalModel load(Path folder) {
    return ModelFolder.load(folder, Backends::best);
  }

  /**
   * As {@link #load(Path)}, to run on the backend of this name.
   *
   * @throws ConfigException if there is no such backend, it cannot run here, or it computes another
   *     function than the backend that the model was trained on
   */
  public static MultimodalModel load(Path folder, String backend) {
    return ModelFolder.load(folder, (shape, trained) -> Backends.named(backend, trained));
  }

  /**
   * Writes the model as a folder of {@code config.json}, {@code model.safetensors} and {@code
   * provenance.json}.
   *
   * @throws dev.mer4j.FileException if a file cannot be written
   */
  public void save(Path folder, Provenance provenance) {
    synchronized (network) { // so that no step of a training changes what is written
      ModelFolder.save(this, folder, provenance);
    }
  }

  public ModelConfig config() {
    return config;
  }

  /** The name of the backend that runs the encoders. */
  public String backend() {
    return backend.name();
  }

  /** The backend and the function that it computes, as the model's folder records them. */
  TrainedBackend trainedBackend() {
    return backend;
  }

  /**
   * The model's own parameters: whoever changes their values changes the model. After a step of a
   * {@link TrainingSession}, ask them for their values again.
   */
  public Parameters parameters() {
    return parameters;
  }

  /** The layout of sequences that its backend likes best. */
  public Sequences.Layout layout() {
    return network.layout();
  }

  /**
   * What features are standardized by before the encoders see them; the identity until something
   * was fitted.
   */
  public Standardization standardization() {
    return standardization;
  }

  /**
   * Sets what features are standardized by.
   *
   * @throws ConfigException if its widths are not the model's
   */
  public void standardize(Standardization fitted) {
    config
        .inputs()
        .forEach(
            (modality, width) -> {
              if (fitted.of(modality).width() != width) {
                throw new ConfigException(
                    String.format(
                        Locale.ROOT,
                        "standardization of %s has %d columns, the model reads %d",
                        modality.key(),
                        fitted.of(modality).width(),
                        width));
              }
            });
    standardization = fitted;
  }

  /** Where emotions count as predicted; one half until something was fitted. */
  public Thresholds thresholds() {
    return thresholds;
  }

  /** Sets where emotions count as predicted. */
  public void setThresholds(Thresholds fitted) {
    thresholds = fitted;
  }

  /**
   * Starts a training of this model. Its steps change {@link #parameters}; the standardization and
   * the thresholds stay as they are. Close the session when the training ends.
   *
   * @param batches of the segments to train on, standardized as {@link #standardization} says
   * @throws ConfigException if the loss does not have one weight for each class
   * @throws IllegalStateException if another training of this model is running
   * @throws dev.mer4j.MerException if a segment cannot be read, or the backend's device fails
   */
  public TrainingSession startTraining(TrainingOptions options, Batcher batches) {
    return gate.use(() -> network.startTraining(options, batches));
  }

  /** Predicts every segment with all that it has, in the order of the set. */
  public Predictions predict(SegmentSet segments) {
    return predict(segments, ModalitySet.ALL);
  }

  /**
   * Predicts every segment with what it has of these modalities, in the order of the set. A segment
   * with none of them gets what the model says of nothing at all.
   *
   * @throws ConfigException if all segments would, because the model reads none of these modalities
   *     or the segments have none that it reads; it names them. {@link ModalitySet#NONE} is allowed
   */
  public Predictions predict(SegmentSet segments, ModalitySet available) {
    return gate.use(
        () -> {
          Encodings encodings = encode(segments, available);
          return predict(encodings, encodings.presence());
        });
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
    return gate.use(
        () ->
            new SegmentEncoder(config, standardization, layout(), this::encode)
                .encode(segments, available));
  }

  private PerModality<float[]> encode(Batch batch, Presence presence) {
    return network.encode(batch.sequences(), presence);
  }

  /**
   * Predicts encoded segments, in their order.
   *
   * @param available [N, M], what the head is to see; what was not encoded stays absent
   * @throws ConfigException if a model of another shape encoded them, or N differs
   */
  public Predictions predict(Encodings encodings, Presence available) {
    List<Prediction> rows = gate.use(() -> headPass(encodings, available).predictions());
    return new Predictions(config.labels(), thresholds, rows);
  }

  /**
   * As {@link #predict(Encodings, Presence)}, with the same modalities for all segments.
   *
   * @throws ConfigException if the model reads none of them, and they are not {@link
   *     ModalitySet#NONE}
   */
  public Predictions predict(Encodings encodings, ModalitySet available) {
    ModalitySet read = ModalitySet.of(config.inputs().modalities());
    if (!available.isEmpty() && available.and(read).isEmpty()) {
      throw new ConfigException(
          "nothing to predict from: the model reads "
              + read
              + ", and only "
              + available
              + " is available");
    }
    return predict(encodings, encodings.presence().and(available));
  }

  /**
   * What the head says of encoded segments before sigmoid or softmax, in their order.
   *
   * @param available as for {@link #predict(Encodings, Presence)}
   * @return [N, C]
   */
  public float[] logits(Encodings encodings, Presence available) {
    return gate.use(() -> headPass(encodings, available).logits());
  }

  private HeadPass headPass(Encodings encodings, Presence available) {
    return HeadPass.of(config, network, encodings, available);
  }

  /**
   * Waits for the calls that run, whatever interrupts, and frees the native memory. Closing again
   * does nothing.
   *
   * @throws IllegalStateException if it is called from inside a call of the model, such as by the
   *     segments that the model is reading; the model stays open
   */
  @Override
  public void close() {
    gate.close(network::close);
  }
}
