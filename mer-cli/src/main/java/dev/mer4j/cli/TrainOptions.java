package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.label.LabelScheme.TieRule;
import dev.mer4j.train.Selection;
import dev.mer4j.train.TrainerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code mer train} that change a configuration. */
final class TrainOptions {
  /** The names of fusions in options. */
  enum FusionName {
    CONCAT,
    ATTENTION;

    Fusion fusion() {
      return this == CONCAT ? Fusion.concatenation() : Fusion.attention();
    }
  }

  @Option(names = "--epochs", paramLabel = "N", description = "How many epochs.")
  private @Nullable Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "How many segments a step sees.")
  private @Nullable Integer batch;

  @Option(names = "--seed", paramLabel = "S", description = "Where all random draws come from.")
  private @Nullable Long seed;

  @Option(
      names = "--fusion",
      paramLabel = "concat|attention",
      description = "How the modalities are joined.")
  private @Nullable FusionName fusion;

  @Option(
      names = "--ties",
      paramLabel = "leave-out|first-column|none-class",
      converter = Converters.OfTieRule.class,
      description =
          "With one emotion per segment, what becomes of a segment with several highest ones, or"
              + " none: the first column is what the published recipe takes.")
  private @Nullable TieRule ties;

  @Option(
      names = "--modality-dropout",
      paramLabel = "P",
      description = "The probability that a segment's modality is dropped in training.")
  private @Nullable Double modalityDropout;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "End the run after N epochs in a row that were no better than the best one.")
  private @Nullable Integer patience;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Save a checkpoint every N epochs.")
  private @Nullable Integer checkpointEvery;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "M",
      description = "Save a checkpoint every M minutes too, in the middle of epochs.")
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
          "Runs the encoders on this backend, see mer backends. Defaults to the fastest available"
              + " one that supports the model.")
  private @Nullable String backend;

  @Option(names = "--engine", hidden = true)
  void engine(String name) {
    backend = name;
  }

  /**
   * Changes what is asked for.
   *
   * @throws ConfigException if that cannot be
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
      training.selection(new Selection(base.training().selection().criterion(), patience));
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
    RunConfig asked = base.with(training.build());
    if (fusion != null) {
      asked = asked.with(fusion.fusion());
    }
    if (ties != null) {
      asked = asked.with(ties);
    }
    return (backend == null ? asked : asked.withBackend(backend)).resolved();
  }
}
