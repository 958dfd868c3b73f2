package dev.mer4j.train;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.provenance.SegmentIds;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.checkpoint.BestEpoch;
import dev.mer4j.train.checkpoint.Checkpoint;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import dev.mer4j.train.checkpoint.CheckpointFolder.Saved;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model on the training split, and selects its best epoch and thresholds on the validation
 * split. It never reads a test split.
 *
 * <p>Two runs of one configuration on the same data produce the same bits, even if one of them was
 * interrupted and resumed from a {@link dev.mer4j.train.checkpoint.Checkpoint checkpoint}.
 */
public final class Trainer {
  private final TrainerConfig config;
  private final @Nullable Standardization standardization;
  private final @Nullable CheckpointFolder checkpoints;
  private final boolean resume;
  private final Cancellation cancellation;
  private final TrainingListener events;

  private Trainer(Builder builder) {
    if (builder.resume && builder.checkpoints == null) {
      throw new ConfigException("resuming a run requires the folder of its checkpoints");
    }
    config = builder.config;
    int kept = config.checkpointsKept();
    standardization = builder.standardization;
    checkpoints =
        builder.checkpoints == null ? null : new CheckpointFolder(builder.checkpoints, kept);
    resume = builder.resume;
    cancellation = builder.cancellation;
    events = new Listeners(builder.listeners);
  }

  /** Starts from the published recipe, without checkpoints. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Trains a model. Afterwards the model holds the parameters of the epoch that is best on the
   * validation split (the first of them on a tie), and thresholds and temperatures for each set of
   * modalities, fitted on the validation split for these parameters. With additive fusion it also
   * holds the means of its terms over the training split, unless a segment of it cannot be
   * predicted, such as one with a feature that is NaN.
   *
   * <p>An interrupt of the thread cancels the run as {@link Cancellation} does: it finishes its
   * step, saves a checkpoint if it has a folder for them, and returns with the thread's interrupt
   * flag set.
   *
   * @param model the model, which is modified in place, including its standardization
   * @param train the split that the model is trained on
   * @param valid the split that selects the epoch and the thresholds
   * @throws ConfigException if the labels of a split are not the model's, no segment of a split has
   *     a label, two segments of a split have the same id, the splits share a segment or a group,
   *     or the folder holds checkpoints of another run, or checkpoints without {@code resume}; the
   *     message lists the differences
   * @throws dev.mer4j.FileException if another run is using the folder of checkpoints
   * @throws DivergenceException if too many consecutive steps, or all steps of an epoch, had a loss
   *     or gradient that is not finite
   */
  public TrainingRun fit(MultimodalModel model, TrainingSplit train, ValidationSplit valid) {
    SplitCheck.require(model, train, valid);
    try (StopSignal stop = new StopSignal(cancellation)) {
      return checkpoints == null
          ? run(model, train, valid, stop)
          : checkpoints.withLock(() -> run(model, train, valid, stop));
    }
  }

  private TrainingRun run(
      MultimodalModel model, TrainingSplit train, ValidationSplit valid, StopSignal stop) {
    Fingerprint fingerprint = fingerprint(model, train, valid);
    Optional<Checkpoint> resumed = resumed(model, train, fingerprint);
    Standardization fitted =
        resumed.map(Checkpoint::standardization).orElseGet(() -> standardization(train));
    events.started(config.epochs(), resumed.map(Checkpoint::history).orElse(History.EMPTY));
    TrainingOptions options = options(model, train);
    Batcher batches = batcher(model, train, fitted);
    try (TrainingState state = new TrainingState(fingerprint, model, options, batches, config)) {
      resumed.ifPresent(state::restore);
      CheckpointScheduler saver =
          new CheckpointScheduler(checkpoints, config, state, events, System::nanoTime);
      DivergenceCheck divergence = new DivergenceCheck(config, state, train, saver);
      TrainingLoop loop = new TrainingLoop(config, state, saver, divergence, stop, events);
      if (!state.isFinished() && !stop.isRaised()) {
        events.featuresPlaced(state.session().featurePlacement());
      }
      while (!state.isFinished() && !stop.isRaised() && loop.epoch()) {
        stop.clearInterrupt();
        boolean best = state.finishEpoch(valid);
        events.epochFinished(state.history().epochs().get(state.epoch() - 1), best);
        saver.epochFinished();
      }
      if (!state.isFinished()) {
        saver.save();
      }
      state.restoreBest(valid);
      state.describeTerms(train);
      TrainingRun run = finished(state, SegmentIds.of(train), SegmentIds.of(valid));
      events.finished(run);
      return run;
    }
  }

  /** Returns the fingerprint of this training of this model on these splits. */
  public Fingerprint fingerprint(
      MultimodalModel model, TrainingSplit train, ValidationSplit valid) {
    return RunFingerprint.of(config, model, standardization, train, valid);
  }

  /** Returns the position to continue from, or empty for a new run. */
  private Optional<Checkpoint> resumed(
      MultimodalModel model, SegmentSet train, Fingerprint fingerprint) {
    if (checkpoints == null) {
      return Optional.empty();
    }
    if (!resume) {
      checkpoints.requireEmpty();
      return Optional.empty();
    }
    int steps = batcher(model, train, Standardization.identity(model.config().inputs())).batches();
    Optional<Saved> newest =
        checkpoints.newest(
            saved -> {
              saved.requireSameRun(fingerprint);
              CheckpointCheck.requireFit(saved, model, steps, config.ema() > 0);
            },
            events::checkpointIgnored);
    newest.ifPresentOrElse(
        saved ->
            events.resumed(saved.file(), saved.checkpoint().epoch(), saved.checkpoint().step()),
        () -> events.nothingToResume(checkpoints.path()));
    return newest.map(Saved::checkpoint);
  }

  private Standardization standardization(TrainingSplit train) {
    if (!config.standardized()) {
      return Standardization.identity(train.widths());
    }
    return standardization == null ? Standardization.fit(train) : standardization;
  }

  private TrainingOptions options(MultimodalModel model, TrainingSplit train) {
    return new TrainingOptions(
        config.loss().of(train, model.config().labels()),
        new AdamW.Rates(config.learningRate(), config.weightDecay()),
        new GradientClipping(config.clipNorm()));
  }

  private Batcher batcher(MultimodalModel model, SegmentSet train, Standardization fitted) {
    return Batcher.builder(train)
        .labels(model.config().labels())
        .modalities(ModalitySet.of(model.config().inputs().modalities()))
        .standardization(fitted)
        .batchSize(config.batchSize())
        .bucketed(config.bucketed())
        .readPadding(model.config().paddedBatch() > 0)
        .residentAllowed(config.modalityDropoutUnit() == ModalityDropout.Unit.SEGMENT)
        .layout(model.layout())
        .seeds(new Seeds(config.seed()))
        .build();
  }

  private TrainingRun finished(TrainingState state, SegmentIds trained, SegmentIds selected) {
    Optional<BestEpoch> best = state.best();
    return new TrainingRun(
        config,
        state.fingerprint(),
        ending(state),
        state.history(),
        best.map(BestEpoch::epoch).orElse(0),
        best.map(BestEpoch::macroF1).orElse(0.0),
        state.thresholds(),
        trained,
        selected);
  }

  private StopReason ending(TrainingState state) {
    if (!state.isFinished()) {
      return StopReason.CANCELLED;
    }
    return state.epoch() < config.epochs() ? StopReason.EARLY_STOPPED : StopReason.COMPLETED;
  }

  /** Gathers the settings of a trainer; {@link #build()} validates them. */
  public static final class Builder {
    private final List<TrainingListener> listeners = new ArrayList<>();
    private TrainerConfig config = TrainerConfig.builder().build();
    private @Nullable Standardization standardization;
    private @Nullable Path checkpoints;
    private boolean resume;
    private Cancellation cancellation = new Cancellation();

    private Builder() {}

    /** Sets the training configuration. Defaults to the published recipe. */
    public Builder config(TrainerConfig value) {
      config = value;
      return this;
    }

    /** Sets the standardization of features. Defaults to one fitted on the training split. */
    public Builder standardization(Standardization value) {
      standardization = value;
      return this;
    }

    /** Sets the folder for checkpoints. Without it, none are saved. */
    public Builder checkpoints(Path folder) {
      checkpoints = folder;
      return this;
    }

    /**
     * Sets whether to continue from the newest intact checkpoint. If none exists, a new run starts.
     * The number of epochs may differ from the interrupted run's, unless the learning rate depends
     * on it.
     */
    public Builder resume(boolean value) {
      resume = value;
      return this;
    }

    /** Sets the cancellation that can stop the run from another thread. */
    public Builder cancellation(Cancellation value) {
      cancellation = value;
      return this;
    }

    /** Adds a listener. */
    public Builder listener(TrainingListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Returns the trainer.
     *
     * @throws ConfigException if {@code resume} is set without a folder of checkpoints
     */
    public Trainer build() {
      return new Trainer(this);
    }
  }
}
