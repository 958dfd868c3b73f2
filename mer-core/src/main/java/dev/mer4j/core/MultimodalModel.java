package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.TrainedBackend;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Standardization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final TrainedBackend backend;
  private final Parameters parameters;
  private final FittedValues fitted;
  private final ModelRuntime runtime;

  MultimodalModel(ModelConfig config, Backend backend, Parameters parameters) {
    this.config = config;
    this.backend = TrainedBackend.of(backend);
    this.parameters = parameters;
    fitted = new FittedValues(config);
    runtime = new ModelRuntime(config, fitted, backend.openNetwork(config.head(), parameters));
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
    return ModelLoader.load(folder);
  }

  /**
   * Loads a model as {@link #load(Path)} does, to run on the named backend.
   *
   * @throws ConfigException if the backend does not exist, is unavailable, or computes another
   *     function than the backend that the model was trained on
   */
  public static MultimodalModel load(Path folder, String backend) {
    return ModelLoader.load(folder, backend);
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
    return ModelLoader.load(folder, backend, threads);
  }

  /**
   * Writes the model as a folder of {@code config.json}, {@code model.safetensors}, {@code
   * provenance.json} and {@code model.sha256}.
   *
   * @throws dev.mer4j.FileException if a file cannot be written
   */
  public void save(Path folder, Provenance provenance) {
    synchronized (runtime.updateLock()) { // no training step may change the parameters meanwhile
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
    return runtime.layout();
  }

  /** Returns the standardization applied to features before encoding. Defaults to the identity. */
  public Standardization standardization() {
    return fitted.standardization();
  }

  /**
   * Sets the standardization applied to features before encoding.
   *
   * @throws ConfigException if its widths differ from the model's
   */
  public void setStandardization(Standardization standardization) {
    fitted.setStandardization(standardization);
  }

  /** Returns the decision thresholds. Defaults to one half for every class. */
  public Thresholds thresholds() {
    return fitted.thresholds();
  }

  /**
   * Sets the decision thresholds.
   *
   * @throws ConfigException if there is not one for each class, or one of the single-label task is
   *     0
   */
  public void setThresholds(Thresholds thresholds) {
    fitted.setThresholds(thresholds);
  }

  /** Returns the temperatures of {@link Predictions#calibrated}. Defaults to unknown. */
  public Optional<Temperatures> temperatures() {
    return fitted.temperatures();
  }

  /**
   * Sets the temperatures of {@link Predictions#calibrated}. Neither {@link
   * Prediction#probabilities} nor decisions, logits and contributions depend on them.
   *
   * @throws ConfigException if there is not one for each class
   */
  public void setTemperatures(Temperatures temperatures) {
    fitted.setTemperatures(temperatures);
  }

  /** Returns the means of the terms of additive fusion. Defaults to unknown. */
  public TermMeans termMeans() {
    return fitted.termMeans();
  }

  /**
   * Sets the means that {@link Contributions} compare the terms with. Predictions do not depend on
   * them.
   *
   * @throws ConfigException if the model has no such term, or another number of classes
   */
  public void setTermMeans(TermMeans means) {
    fitted.setTermMeans(means);
  }

  /**
   * Starts training this model. The standardization of the batches becomes the model's; steps
   * update {@link #parameters}; temperatures and means of terms become unknown; the thresholds are
   * unchanged. The session must be closed when training ends.
   *
   * @param batches the batches of the training segments
   * @throws ConfigException if the loss does not have one weight for each class, or the batches'
   *     standardization does not fit the model
   * @throws IllegalStateException if another training session of this model is open
   * @throws dev.mer4j.MerException if a segment cannot be read, or the backend's device fails
   */
  public TrainingSession startTraining(TrainingOptions options, Batcher batches) {
    return runtime.startTraining(options, batches);
  }

  /** Predicts every segment with all its modalities, in the order of the set. */
  public Predictions predict(SegmentSet segments) {
    return predict(segments, config.modalities());
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
    return runtime.predict(segments, available);
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

  /** Encodes all modalities, so that predicting from any subset costs only a pass of the head. */
  public Encodings encode(SegmentSet segments) {
    return encode(segments, config.modalities());
  }

  /** Encodes those of the given modalities that the segments have. */
  public Encodings encode(SegmentSet segments, ModalitySet available) {
    return runtime.encode(segments, available);
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
    return runtime.encode(segments, config.modalities(), masks);
  }

  /**
   * Predicts encoded segments, in their order.
   *
   * @param available [N, M], the modalities that the head uses; those not encoded stay absent
   * @throws ConfigException if a model of another configuration encoded them, or N differs
   */
  public Predictions predict(Encodings encodings, Presence available) {
    return runtime.predict(encodings, available);
  }

  /**
   * Predicts encoded segments with the same modalities for all segments.
   *
   * @throws ConfigException if there are some, and the model reads none of them
   */
  public Predictions predict(Encodings encodings, ModalitySet available) {
    return runtime.predict(encodings, available);
  }

  /**
   * Returns the logits of encoded segments, in their order.
   *
   * @param available as for {@link #predict(Encodings, Presence)}
   * @return [N, C]
   */
  public float[] logits(Encodings encodings, Presence available) {
    return runtime.logits(encodings, available);
  }

  /** Runs a pass, which packs the weights and loads the code. */
  void warmUp() {
    runtime.warmUp();
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
    runtime.close();
  }
}
