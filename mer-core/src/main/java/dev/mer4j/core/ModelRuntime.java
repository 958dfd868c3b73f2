package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.encoder.ZeroSteps;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.internal.lifetime.UseGate;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Runs the calls of a model on its network. {@link #close} waits for them and rejects others. */
final class ModelRuntime implements AutoCloseable {
  private final ModelConfig config;
  private final FittedValues fitted;
  private final Network network;
  private final UseGate gate = new UseGate("the model");

  ModelRuntime(ModelConfig config, FittedValues fitted, Network network) {
    this.config = config;
    this.fitted = fitted;
    this.network = network;
  }

  /** Returns the object that a training step locks while it updates the parameters. */
  Object updateLock() {
    return network;
  }

  Sequences.Layout layout() {
    return network.layout();
  }

  /** Starts training; the standardization of the batches becomes the model's. */
  TrainingSession startTraining(TrainingOptions options, Batcher batches) {
    fitted.requireWidths(batches.standardization());
    return gate.use(
        () -> {
          TrainingSession session = network.startTraining(options, batches);
          fitted.trainingStarted(batches.standardization());
          return session;
        });
  }

  /** Runs a pass over one step of zeros, which packs the weights and loads the code. */
  void warmUp() {
    PerModality<Sequences> zeros =
        config
            .inputs()
            .map(width -> new Sequences(1, 1, width, new int[] {1}, layout(), new float[width]));
    Presence present = Presence.of(List.of(config.modalities()));
    gate.use(() -> network.infer(network.encode(zeros, present), present));
  }

  /** Predicts those of the given modalities that the segments have. */
  Predictions predict(SegmentSet segments, ModalitySet available) {
    return gate.use(
        () -> {
          Encodings encodings = encode(segments, available);
          return predict(encodings, encodings.presence());
        });
  }

  /** Encodes those of the given modalities that the segments have. */
  Encodings encode(SegmentSet segments, ModalitySet available) {
    SegmentEncoder.Passes single =
        (batch, presence, indices) -> List.of(network.encode(batch.sequences(), presence));
    return gate.use(() -> encoder().encode(segments, available, 1, single).get(0));
  }

  /**
   * Encodes the given modalities of the segments several times, each time with other steps erased.
   */
  List<Encodings> encode(SegmentSet segments, ModalitySet available, List<StepMask> masks) {
    SegmentEncoder.Passes passes =
        (batch, presence, indices) ->
            network.encode(
                batch.sequences(),
                presence,
                masks.stream().map(mask -> zeroSteps(mask, presence, indices)).toList());
    return gate.use(() -> encoder().encode(segments, available, masks.size(), passes));
  }

  private SegmentEncoder encoder() {
    return new SegmentEncoder(config, fitted.standardization(), layout());
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

  /** Predicts encoded segments. */
  Predictions predict(Encodings encodings, Presence available) {
    List<Prediction> rows = gate.use(() -> headPass(encodings, available).predictions());
    return new Predictions(config.labels(), fitted.thresholds(), fitted.temperatures(), rows);
  }

  /** Predicts encoded segments with the same modalities for all segments. */
  Predictions predict(Encodings encodings, ModalitySet available) {
    ModalitySet read = config.modalities();
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

  /** Returns the logits [N, C] of encoded segments. */
  float[] logits(Encodings encodings, Presence available) {
    return gate.use(() -> headPass(encodings, available).logits());
  }

  private HeadPass headPass(Encodings encodings, Presence available) {
    return HeadPass.of(config, network, encodings, available, fitted.termMeans());
  }

  @Override
  public void close() {
    gate.close(network::close);
  }
}
