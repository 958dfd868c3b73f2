package dev.mer4j.train;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.TermMeans;
import dev.mer4j.core.Thresholds;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.eval.calibration.TemperatureFitter;
import dev.mer4j.eval.threshold.SetThresholds;
import dev.mer4j.eval.threshold.ValidationSets;
import dev.mer4j.train.TrainingListener.StepRecord;
import dev.mer4j.train.checkpoint.BestEpoch;
import dev.mer4j.train.checkpoint.Checkpoint;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.EpochTotals;
import dev.mer4j.train.history.History;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mutable state of a run: the model in training, and the progress. */
final class TrainingState implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingState.class);

  private final Fingerprint fingerprint;
  private final MultimodalModel model;
  private final TrainingSession session;
  private final TrainerConfig config;
  private final @Nullable ParameterAverage average;
  private History history = History.EMPTY;
  private EpochTotals totals = EpochTotals.EMPTY;
  private @Nullable BestEpoch best;
  private long clock = System.nanoTime();

  /** Starts training the model. */
  TrainingState(
      Fingerprint fingerprint,
      MultimodalModel model,
      TrainingOptions options,
      Batcher batches,
      TrainerConfig config) {
    this.fingerprint = fingerprint;
    this.model = model;
    this.config = config;
    average =
        config.ema() == 0 ? null : new ParameterAverage(config.ema(), model.parameters().size());
    session = model.startTraining(options, batches);
  }

  /** Returns the settings of the run and the digests of its data. */
  Fingerprint fingerprint() {
    return fingerprint;
  }

  MultimodalModel model() {
    return model;
  }

  TrainingSession session() {
    return session;
  }

  History history() {
    return history;
  }

  /** Returns the number of finished epochs. */
  int epoch() {
    return history.epochs().size();
  }

  /** Returns the number of finished steps of the next epoch. */
  EpochTotals totals() {
    return totals;
  }

  /** Returns the best model so far. */
  Optional<BestEpoch> best() {
    return Optional.ofNullable(best);
  }

  /** Returns the model's thresholds. */
  Thresholds thresholds() {
    return model.thresholds();
  }

  /** Returns whether the run is finished. */
  boolean isFinished() {
    return epoch() >= config.epochs() || config.selection().isPatienceExhausted(history);
  }

  /** Counts a step that updated the parameters. */
  void addStep(StepRecord step, int batch) {
    if (average != null) {
      average.add(model.parameters().read());
    }
    totals =
        totals
            .addStep(batch, step.loss(), step.gradientNorm(), step.clipped(), step.learningRate())
            .addSeconds(lap());
  }

  /** Counts a skipped step. */
  void addSkipped() {
    totals = totals.addSkipped().addSeconds(lap());
  }

  /**
   * Finishes an epoch, and returns whether the model, with the average of its parameters if there
   * is one, is the best one so far.
   */
  boolean finishEpoch(ValidationSplit valid) {
    exchangeAverage();
    try {
      return evaluateEpoch(valid);
    } finally {
      exchangeAverage();
    }
  }

  private void exchangeAverage() {
    if (average != null) {
      average.exchange(model.parameters().values());
    }
  }

  private boolean evaluateEpoch(ValidationSplit valid) {
    Validation validation = Validation.of(model, valid, config.fittedThresholds());
    EpochRecord record =
        EpochRecord.of(epoch() + 1, totals, validation.loss(), validation.macroF1(), lap());
    history = history.with(record);
    totals = EpochTotals.EMPTY;
    if (!config.selection().isBetter(validation, best)) {
      return false;
    }
    best =
        new BestEpoch(
            record.epoch(),
            validation.macroF1(),
            validation.loss(),
            validation.thresholds(),
            model.parameters().values().clone());
    return true;
  }

  Checkpoint checkpoint() {
    return new Checkpoint(
        fingerprint,
        new Checkpoint.Position(history, totals),
        model.standardization(),
        best,
        session.optimizerState(),
        new Checkpoint.Values(
            model.parameters().values().clone(), average == null ? null : average.values()));
  }

  /** Continues from a checkpoint; the model already has its standardization. */
  void restore(Checkpoint checkpoint) {
    put(checkpoint.parameters());
    session.restore(checkpoint.optimizer());
    float[] averaged = checkpoint.values().average();
    if (average != null && averaged != null) {
      average.restore(averaged, checkpoint.optimizer().step());
    }
    history = checkpoint.history();
    totals = checkpoint.totals();
    best = checkpoint.best();
  }

  /**
   * Restores the model's best parameters and their thresholds, if an epoch is finished; once the
   * run is finished, fits thresholds and temperatures for each set of modalities.
   */
  void restoreBest(ValidationSplit valid) {
    if (best != null) {
      put(best.parameters());
      model.setThresholds(best.thresholds().completedFor(model.config().labels()));
      if (isFinished()) {
        fitSets(ValidationSets.of(model, valid));
      }
    }
  }

  private void fitSets(ValidationSets sets) {
    if (config.fittedThresholds()) {
      model.setThresholds(SetThresholds.fit(sets));
    }
    model.setTemperatures(TemperatureFitter.fit(sets));
  }

  /**
   * Sets the means of the terms of an additive model over the training split, once the run is
   * finished. They are for display only, so they remain unknown if a segment cannot be predicted.
   */
  void describeTerms(TrainingSplit train) {
    if (isFinished() && model.config().fusion() instanceof Fusion.Additive) {
      model.setTermMeans(termMeans(train));
    }
  }

  private TermMeans termMeans(TrainingSplit train) {
    try {
      return TermMeans.of(model.predict(train));
    } catch (ConfigException e) {
      LOG.warn("the means of the terms are unknown: {}", e.getMessage());
      return TermMeans.UNKNOWN;
    }
  }

  private void put(float[] parameters) {
    System.arraycopy(parameters, 0, model.parameters().values(), 0, parameters.length);
  }

  /** Returns the seconds since the last call. */
  private double lap() {
    long before = clock;
    clock = System.nanoTime();
    return (clock - before) / 1e9;
  }

  /** Ends the training. */
  @Override
  public void close() {
    session.close();
  }
}
