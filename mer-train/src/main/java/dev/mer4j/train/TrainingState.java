package dev.mer4j.train;

import dev.mer4j.FileException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.optimizer.AdamW.Rates;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.train.TrainingListener.StepRecord;
import dev.mer4j.train.checkpoint.Best;
import dev.mer4j.train.checkpoint.Checkpoint;
import dev.mer4j.train.checkpoint.CheckpointFolder.Saved;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import dev.mer4j.train.history.Tally;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that changes while a run goes on. */
final class TrainingState {
  private final MultimodalModel model;
  private final TrainerConfig config;
  private final Learner learner;
  private History history = History.EMPTY;
  private Tally tally = Tally.EMPTY;
  private @Nullable Best best;
  private long clock = System.nanoTime();

  TrainingState(MultimodalModel model, TrainerConfig config) {
    Rates rates = new Rates(config.learningRate(), config.weightDecay());
    this.model = model;
    this.config = config;
    this.learner = model.learner(rates, new GradientClipping(config.clipNorm()));
  }

  History history() {
    return history;
  }

  /** The epochs that are done. */
  int epoch() {
    return history.epochs().size();
  }

  /** The steps that are done of the epoch after them. */
  Tally tally() {
    return tally;
  }

  /** Returns the best model so far. */
  Optional<Best> best() {
    return Optional.ofNullable(best);
  }

  /** Whether there is nothing left to do. */
  boolean over() {
    return epoch() >= config.epochs() || config.selection().over(epoch(), best);
  }

  Learner learner() {
    return learner;
  }

  /** Counts a step that moved the parameters. */
  void take(StepRecord step, int batch) {
    tally =
        tally
            .take(batch, step.loss(), step.gradientNorm(), step.clipped(), step.learningRate())
            .spend(lap());
  }

  /** Counts a step that moved nothing. */
  void skip() {
    tally = tally.skip().spend(lap());
  }

  /** Ends an epoch, and tells whether the model is the best one so far. */
  boolean finish(Validation validation) {
    EpochRecord record =
        EpochRecord.of(epoch() + 1, tally, validation.loss(), validation.macroF1(), lap());
    history = history.with(record);
    tally = Tally.EMPTY;
    if (!config.selection().better(validation, best)) {
      return false;
    }
    best =
        new Best(
            record.epoch(),
            validation.macroF1(),
            validation.loss(),
            validation.thresholds(),
            model.parameters().values().clone());
    return true;
  }

  Checkpoint checkpoint(Fingerprint fingerprint) {
    return new Checkpoint(
        fingerprint,
        history,
        tally,
        model.standardization(),
        best,
        learner.state(),
        model.parameters().values().clone());
  }

  /**
   * Makes sure that a checkpoint of this run fits the model and the epoch.
   *
   * @param steps how many an epoch has
   * @throws FileException if it does not; the file was made or changed by something else
   */
  void check(Saved saved, int steps) {
    Checkpoint checkpoint = saved.checkpoint();
    if (checkpoint.parameters().length != model.parameters().size()) {
      throw new FileException(
          saved.file(),
          String.format(
              Locale.ROOT,
              "damaged: it has %d parameters, the model has %d",
              checkpoint.parameters().length,
              model.parameters().size()));
    }
    if (checkpoint.step() > steps) {
      throw new FileException(
          saved.file(),
          String.format(
              Locale.ROOT,
              "damaged: it is at step %d of an epoch of %d steps",
              checkpoint.step(),
              steps));
    }
    model
        .config()
        .inputs()
        .forEach(
            (modality, width) -> {
              var columns = checkpoint.standardization().columns().get(modality);
              if (columns == null || columns.width() != width) {
                throw new FileException(
                    saved.file(),
                    "damaged: its standardization of "
                        + modality.key()
                        + " does not fit the model");
              }
            });
  }

  void restore(Checkpoint checkpoint) {
    model.standardize(checkpoint.standardization());
    put(checkpoint.parameters());
    learner.restore(checkpoint.optimizer());
    history = checkpoint.history();
    tally = checkpoint.tally();
    best = checkpoint.best();
  }

  /** Gives the model its best parameters and their thresholds, if there are any yet. */
  void settle() {
    if (best != null) {
      put(best.parameters());
      model.decideBy(best.thresholds());
    }
  }

  private void put(float[] parameters) {
    System.arraycopy(parameters, 0, model.parameters().values(), 0, parameters.length);
  }

  /** The seconds since the last call. */
  private double lap() {
    long before = clock;
    clock = System.nanoTime();
    return (clock - before) / 1e9;
  }
}
