package dev.mer4j.train;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.train.checkpoint.Best;
import dev.mer4j.train.checkpoint.Checkpoint;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import dev.mer4j.train.optimizer.AdamW;
import dev.mer4j.train.optimizer.AdamW.Rates;
import org.jspecify.annotations.Nullable;

/** All that changes while a run goes on. */
final class TrainingState {
  private final MultimodalModel model;
  private final AdamW optimizer;
  private History history = History.EMPTY;
  private @Nullable Best best;

  TrainingState(MultimodalModel model, TrainerConfig config) {
    Rates rates = new Rates(config.learningRate(), config.weightDecay());
    this.model = model;
    this.optimizer = new AdamW(rates, model.parameters().size());
  }

  History history() {
    return history;
  }

  /** The epochs that are done. */
  int epoch() {
    return history.epochs().size();
  }

  void step(float[] gradient, double scale) {
    optimizer.update(model.parameters().values(), gradient, scale);
  }

  /** Ends an epoch, and tells whether the model is the best one so far; of equals, the first is. */
  boolean finish(EpochRecord record, Validation validation) {
    history = history.with(record);
    if (best != null && !(validation.macroF1() > best.macroF1())) {
      return false;
    }
    float[] parameters = model.parameters().values().clone();
    best = new Best(record.epoch(), validation.macroF1(), validation.thresholds(), parameters);
    return true;
  }

  /** Returns the best model so far. */
  Best best() {
    if (best == null) {
      throw new IllegalStateException("no epoch is done yet");
    }
    return best;
  }

  Checkpoint checkpoint(Fingerprint fingerprint) {
    return new Checkpoint(
        fingerprint,
        epoch(),
        history,
        model.standardization(),
        best(),
        optimizer.state(),
        model.parameters().values().clone());
  }

  void restore(Checkpoint checkpoint) {
    model.standardize(checkpoint.standardization());
    put(checkpoint.parameters());
    optimizer.restore(checkpoint.optimizer());
    history = checkpoint.history();
    best = checkpoint.best();
  }

  /** Gives the model its best parameters and their thresholds. */
  void settle() {
    put(best().parameters());
    model.decideBy(best().thresholds());
  }

  private void put(float[] parameters) {
    System.arraycopy(parameters, 0, model.parameters().values(), 0, parameters.length);
  }
}
