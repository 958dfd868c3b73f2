package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.train.Selection;
import dev.mer4j.train.TrainerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code mer train} that change a configuration. */
final class TrainOptions {
  @Option(names = "--epochs", paramLabel = "N", description = "Number of epochs.")
  private @Nullable Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Batch size in segments.")
  private @Nullable Integer batch;

  @Option(names = "--seed", paramLabel = "S", description = "Seed of all random numbers.")
  private @Nullable Long seed;

  @Option(
      names = "--fusion",
      paramLabel = "concat|attention|attention-sum|additive[:ORDER]",
      converter = Converters.OfFusion.class,
      description =
          "Fusion of the modalities. Attention concatenates the weighted states; attention-sum adds"
              + " them, as the published recipe's attention model does. Additive fusion sums terms of at most ORDER modalities, 2 by"
              + " default, so that its explanations are exact.")
  private @Nullable FusionOption fusion;

  @Option(
      names = "--pooling",
      paramLabel = "last|attention",
      converter = Converters.OfPooling.class,
      description =
          "State of a modality: the encoder's last states, or also the mean of its steps with"
              + " learned weights. Defaults to last.")
  private @Nullable Pooling pooling;

  @Option(
      names = "--ties",
      paramLabel = "leave-out|first-column|none-class",
      converter = Converters.OfTieRule.class,
      description =
          "Rule of single-label models for segments whose highest score belongs to several"
              + " emotions or to none. The published recipe uses"
              + " first-column.")
  private @Nullable TieRule ties;

  @Option(
      names = "--modality-dropout",
      paramLabel = "P",
      description = "Probability that a modality of a segment is dropped during training.")
  private @Nullable Double modalityDropout;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after N consecutive epochs without improvement.")
  private @Nullable Integer patience;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Save a checkpoint every N epochs.")
  private @Nullable Integer checkpointEvery;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "M",
      description = "Also save a checkpoint every M minutes, within epochs.")
  private @Nullable Double checkpointMinutes;

  @Option(
      names = "--checkpoints-kept",
      paramLabel = "K",
      description = "Keep the last K checkpoints.")
  private @Nullable Integer checkpointsKept;

  @Option(
      names = "--backend",
      paramLabel = "B",
      description =
          "Compute backend, see mer backends. Defaults to the fastest available one that"
              + " supports the model; cuda is selected by name only.")
  private @Nullable String backend;

  @Option(names = "--engine", hidden = true)
  void engine(String name) {
    backend = name;
  }

  /**
   * Returns a configuration with the given options applied.
   *
   * @throws ConfigException if an option is invalid for the configuration
   */
  RunConfig applyTo(RunConfig base) {
    TrainerConfig.Builder training = base.training().toBuilder();
    if (epochs != null) {
      training.epochs(epochs);
    }
    if (batch != null) {
      training.batchSize(batch);
    }
    if (seed != null) {
      training.seed(seed);
    }
    if (modalityDropout != null) {
      training.modalityDropout(modalityDropout);
    }
    if (patience != null) {
      training.selection(
          new Selection(
              base.training().selection().criterion(),
              patience,
              base.training().selection().consecutive()));
    }
    if (checkpointMinutes != null) {
      training.checkpointMinutes(checkpointMinutes);
    }
    if (checkpointEvery != null) {
      training.checkpointEvery(checkpointEvery);
    }
    if (checkpointsKept != null) {
      training.checkpointsKept(checkpointsKept);
    }
    RunConfig requested = base.with(training.build());
    if (fusion != null) {
      requested = requested.with(fusion.of(base.model().inputs().size()));
    }
    if (pooling != null) {
      requested = requested.with(pooling);
    }
    if (ties != null) {
      requested = requested.with(ties);
    }
    return (backend == null ? requested : requested.withBackend(backend)).resolved();
  }
}
