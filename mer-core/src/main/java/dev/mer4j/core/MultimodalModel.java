package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.encoder.TrainedBackend;
import dev.mer4j.core.encoder.ZeroSteps;
import dev.mer4j.core.internal.cpu.ThreadBudget;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.internal.lifetime.UseGate;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A multimodal emotion classifier: up to eight bidirectional LSTM encoders and a fusion head. It
 * maps the features of a segment to emotion probabilities, with any subset of the modalities.
 *
 * <p>Thread-safe. Predictions run concurrently on backends {@code native} and {@code java}, and one
 * at a time on the others. An interrupt does not end a call: the result is the same, and the
 * thread's interrupt flag is kept.
 *
 * <p>Holds native memory and must be closed. {@link #close} waits for running calls. Later calls
 * throw {@link IllegalStateException}, including those of a {@link TrainingSession}, except those
 * that need only the Java heap: settings, parameters and {@link #save}. The memory of a model that
 * was not closed is freed after garbage collection.
 */
public final class MultimodalModel implements AutoCloseable {
  private final ModelConfig config;
  private final UseGate gate = new UseGate("the model");
  private final TrainedBackend backend;
  private final Parameters parameters;
  private final Network network;
  private volatile Standardization standardization;
  private volatile Thresholds thresholds;
  private volatile Optional<Temperatures> temperatures = Optional.empty();
  private volatile TermMeans termMeans = TermMeans.UNKNOWN;

  MultimodalModel(ModelConfig config, Backend backend, Parameters parameters) {
    this.config = config;
    this.backend = TrainedBackend.of(backend);
    this.parameters = parameters;
    this.standardization = Standardization.identity(config.inputs());
    this.thresholds = Thresholds.half(config.labels().classCount());
    this.network = backend.openNetwork(NetworkLayout.head(config), parameters);
  }

  /** Returns a builder for a new model with random parameters. */
  public static ModelBuilder builder() {
    return new ModelBuilder();
  }

  /**
   * Loads a model that {@link #save} wrote. It runs on the preferred backend of this machine that
   * supports it and computes the same function as the backend it was trained on. Runs one pass, so
   * that the first prediction takes no longer than later ones.
   *
   * @throws dev.mer4j.FileException if a file is missing, corrupt or inconsistent with the others
   * @throws ConfigException if no such backend is available
   */
  public static MultimodalModel load(Path folder) {
    CodePreloader.start();
    return ModelFolder.load(folder, Backends::best);
  }

  /**
   * Loads a model as {@link #load(Path)} does, to run on the named backend.
   *
   * @throws ConfigException if the backend does not exist, is unavailable, or computes another
   *     function than the backend that the model was trained on
   */
  public static MultimodalModel load(Path folder, String backend) {
    return ModelFolder.load(folder, (shape, trained) -> Backends.named(backend, trained));
  }

  /**
   * Loads a model for concurrent calls: on backends {@code native} and {@code java}, each call
   * computes in threads of its own, the calling one among them. By default, concurrent calls share
   * threads.
   *
   * @param backend the backend's name, or null for the preferred one, as {@link #load(Path)}
   * @param threads the number of threads of each call, from 1 to 999
   * @throws ConfigException as {@link #load(Path, String)}, or if {@code threads} is out of range
   */
  public static MultimodalModel load(Path folder, @Nullable String backend, int threads) {
    return ThreadBudget.perCall(
        threads, () -> backend == null ? load(folder) : load(folder, backend));
  }

  /**
   * Writes the model as a folder of {@code config.json}, {@code model.safetensors}, {@code
   * provenance.json} and {@code model.sha256}.
   *
   * @throws dev.mer4j.FileException if a file cannot be written
   */
  public void save(Path folder, Provenance provenance) {
    synchronized (network) { // no training step may change the parameters meanwhile
      ModelFolder.save(this, folder, provenance);
    }
  }

  public ModelConfig config() {
    return config;
  }

  /** Returns the name of the backend that runs the encoders. */
  public String backend() {
    return backend.name();
  }

  /** Returns the backend and its function, as the model's folder records them. */
  public TrainedBackend trainedBackend() {
    return backend;
  }

  /**
   * Returns the model's live parameters: changing their values changes the model. After a step of a
   * {@link TrainingSession}, call {@link Parameters#values} again.
   */
  public Parameters parameters() {
    return parameters;
  }

  /** Returns the layout of sequences that is fastest on the model's backend. */
  public Sequences.Layout layout() {
    return network.layout();
  }

  /** Returns the standardization applied to features before encoding. Defaults to the identity. */
  public Standardization standardization() {
    return standardization;
  }

  /**
   * Sets the standardization applied to features before encoding.
   *
   * @throws ConfigException if its widths differ from the model's
   */
  public void setStandardization(Standardization fitted) {
    requireWidths(fitted);
    standardization = fitted;
  }

  private void requireWidths(Standardization fitted) {
    config
        .inputs()
        .forEach(
            (modality, width) -> {
              int columns =
                  fitted.columns().find(modality).map(Standardization.Columns::width).orElse(0);
              if (columns != width) {
                throw new ConfigException(
                    String.format(
                        Locale.ROOT,
                        "standardization of %s has %d columns, the model reads %d",
                        modality.key(),
                        columns,
                        width));
              }
            });
  }

  /** Returns the decision thresholds. Defaults to one half for every class. */
  public Thresholds thresholds() {
    return thresholds;
  }

  /**
   * Sets the decision thresholds.
   *
   * @throws ConfigException if there is not one for each class, or one is 0 in the single-label
   *     task
   */
  public void setThresholds(Thresholds fitted) {
    fitted.requireClasses(config.labels());
    thresholds = fitted;
  }

  /**
   * Returns the temperatures of {@link Predictions#calibrated}. Defaults to unknown, as in models
   * of earlier versions.
   */
  public Optional<Temperatures> temperatures() {
    return temperatures;
  }

  /**
   * Sets the temperatures of {@link Predictions#calibrated}. Neither {@link
   * Prediction#probabilities} nor decisions, logits and contributions depend on them.
   *
   * @throws ConfigException if there is not one for each class
   */
  public void setTemperatures(Temperatures fitted) {
    fitted.requireClasses(config.labels());
    temperatures = Optional.of(fitted);
  }

  /** Returns the means of the terms of additive fusion. Defaults to unknown. */
  public TermMeans termMeans() {
    return termMeans;
  }

  /**
   * Sets the means that {@link Contributions} compare the terms with. Predictions do not depend on
   * them.
   *
   * @throws ConfigException if the model has no such term, or another number of classes
   */
  public void setTermMeans(TermMeans means) {
    means.requireTerms(config);
    termMeans = means;
  }

  /**
   * Starts training this model. The standardization of the batches becomes the model's; steps
   * update {@link #parameters}; the thresholds are unchanged. The session must be closed when
   * training ends.
   *
   * @param batches the batches of the training segments
   * @throws ConfigException if the loss does not have one weight for each class, or the batches'
   *     standardization does not fit the model
   * @throws IllegalStateException if another training session of this model is open
   * @throws dev.mer4j.MerException if a segment cannot be read, or the backend's device fails
   */
  public TrainingSession startTraining(TrainingOptions options, Batcher batches) {
    requireWidths(batches.standardization());
    return gate.use(
        () -> {
          TrainingSession session = network.startTraining(options, batches);
          standardization = batches.standardization();
          return session;
        });
  }

  /** Predicts every segment with all its modalities, in the order of the set. */
  public Predictions predict(SegmentSet segments) {
    return predict(segments, inputs());
  }

  /**
   * Predicts every segment with those of the given modalities that it has, in the order of the set.
   * A segment with none of them gets the model's prediction for no input.
   *
   * @throws ConfigException if that would apply to all segments, because the model reads none of
   *     these modalities or the segments have none that it reads. {@link ModalitySet#NONE} is
   *     allowed
   */
  public Predictions predict(SegmentSet segments, ModalitySet available) {
    return gate.use(
        () -> {
          Encodings encodings = encode(segments, available);
          return predict(encodings, encodings.presence());
        });
  }

  /**
   * Predicts one segment.
   *
   * @param features [T, D] of each modality that the segment has, of those that the model reads
   * @throws ConfigException if there is no modality, the model does not read one, a row has another
   *     width, or a feature is NaN or infinite
   */
  public Prediction predict(Map<Modality, float[][]> features) {
    return predict(ArraySegment.of(config, features)).rows().get(0);
  }

  /**
   * Encodes all modalities of the segments, so that a prediction from any subset costs only a pass
   * of the head.
   */
  public Encodings encode(SegmentSet segments) {
    return encode(segments, inputs());
  }

  /** Encodes those of the given modalities that the segments have. */
  public Encodings encode(SegmentSet segments, ModalitySet available) {
    SegmentEncoder.Passes single =
        (batch, presence, indices) -> List.of(network.encode(batch.sequences(), presence));
    return gate.use(() -> encoder().encode(segments, available, 1, single).get(0));
  }

  /**
   * Encodes all modalities of the segments several times, each time with other steps erased. Equal
   * to encoding copies of the segments, but backends {@code native} and {@code java} multiply the
   * features and the input weights only once.
   *
   * @param masks the erased steps of each pass
   * @return the encodings of each pass
   */
  public List<Encodings> encode(SegmentSet segments, List<StepMask> masks) {
    SegmentEncoder.Passes passes =
        (batch, presence, indices) ->
            network.encode(
                batch.sequences(),
                presence,
                masks.stream().map(mask -> zeroSteps(mask, presence, indices)).toList());
    return gate.use(() -> encoder().encode(segments, inputs(), masks.size(), passes));
  }

  private ZeroSteps zeroSteps(StepMask mask, Presence presence, int[] indices) {
    return new ZeroSteps(
        PerModality.of(
            config.inputs().modalities(),
            modality ->
                IntStream.range(0, indices.length)
                    .mapToObj(
                        b ->
                            presence.has(b, modality)
                                ? mask.erased(indices[b], modality)
                                : new BitSet())
                    .toList()));
  }

  private SegmentEncoder encoder() {
    return new SegmentEncoder(config, standardization, layout());
  }

  /** Runs a pass over one step of zeros, which packs the weights and loads the code. */
  void warmUp() {
    PerModality<Sequences> zeros =
        config
            .inputs()
            .map(width -> new Sequences(1, 1, width, new int[] {1}, layout(), new float[width]));
    Presence present = Presence.of(List.of(inputs()));
    gate.use(() -> network.infer(network.encode(zeros, present), present));
  }

  /**
   * Predicts encoded segments, in their order.
   *
   * @param available [N, M], the modalities that the head uses; those not encoded stay absent
   * @throws ConfigException if a model of another configuration encoded them, or N differs
   */
  public Predictions predict(Encodings encodings, Presence available) {
    List<Prediction> rows = gate.use(() -> headPass(encodings, available).predictions());
    return new Predictions(config.labels(), thresholds, temperatures, rows);
  }

  /**
   * Predicts encoded segments with the same modalities for all segments.
   *
   * @throws ConfigException if the model reads none of them, and they are not {@link
   *     ModalitySet#NONE}
   */
  public Predictions predict(Encodings encodings, ModalitySet available) {
    ModalitySet read = inputs();
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
   * Returns the logits of encoded segments, in their order.
   *
   * @param available as for {@link #predict(Encodings, Presence)}
   * @return [N, C]
   */
  public float[] logits(Encodings encodings, Presence available) {
    return gate.use(() -> headPass(encodings, available).logits());
  }

  private ModalitySet inputs() {
    return ModalitySet.of(config.inputs().modalities());
  }

  private HeadPass headPass(Encodings encodings, Presence available) {
    return HeadPass.of(config, network, encodings, available, termMeans);
  }

  /**
   * Waits uninterruptibly for running calls and frees the native memory. Closing again has no
   * effect.
   *
   * @throws IllegalStateException if called from within a call of the model, such as by the
   *     segments that the model reads; the model stays open
   */
  @Override
  public void close() {
    gate.close(network::close);
  }
}
