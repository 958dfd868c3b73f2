package dev.mer4j.train;

import dev.mer4j.ConfigException;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The configuration of a training run.
 *
 * @param epochs at least 1
 * @param batchSize B, at least 1
 * @param learningRate the learning rate of {@link AdamW}, above 0
 * @param weightDecay the weight decay of {@link AdamW}, at least 0
 * @param modalityDropout the probability p of {@link ModalityDropout}, in [0, 1)
 * @param modalityDropoutUnit what loses a modality at once: a segment or a batch
 * @param bucketed whether segments of similar length are in the same batch
 * @param standardized whether features are standardized
 * @param clipNorm the limit of {@link GradientClipping}, above 0
 * @param schedule the schedules of learning rate and modality dropout
 * @param loss the loss that training minimizes
 * @param ema the decay d of the exponential moving average of the parameters that is validated,
 *     selected and saved, in [0, 1); 0 for the parameters themselves
 * @param selection the rule for selecting the best epoch and for early stopping
 * @param fittedThresholds whether thresholds are fitted on the validation split; otherwise they are
 *     one half: in the single-label task the most probable class is predicted
 * @param checkpointEvery the number of epochs between checkpoints, at least 1; one is also saved
 *     after the last epoch
 * @param checkpointMinutes the number of minutes between checkpoints, also within an epoch; 0 for
 *     no such checkpoints
 * @param checkpointsKept the number of newest checkpoints to keep, at least 1; older ones replace a
 *     corrupt one
 * @param maxSkipped the number of consecutive steps of one epoch that may be skipped because their
 *     loss or gradient is not finite, at least 0; one more stops the run
 * @param seed the seed of the batch order and of all dropout
 */
public record TrainerConfig(
    int epochs,
    int batchSize,
    double learningRate,
    double weightDecay,
    double modalityDropout,
    ModalityDropout.Unit modalityDropoutUnit,
    boolean bucketed,
    boolean standardized,
    double clipNorm,
    Schedule schedule,
    LossOptions loss,
    double ema,
    Selection selection,
    boolean fittedThresholds,
    int checkpointEvery,
    double checkpointMinutes,
    int checkpointsKept,
    int maxSkipped,
    long seed) {

  /**
   * @throws ConfigException if settings are out of range; the message names all of them
   */
  public TrainerConfig {
    List<String> problems = new ArrayList<>();
    requireAtLeast(1, "epochs", epochs, problems);
    requireAtLeast(1, "batch size", batchSize, problems);
    requireAtLeast(1, "epochs between checkpoints", checkpointEvery, problems);
    if (!(checkpointMinutes >= 0)) {
      problems.add("minutes between checkpoints must be at least 0: " + checkpointMinutes);
    }
    requireAtLeast(1, "checkpoints kept", checkpointsKept, problems);
    if (schedule.warmupEpochs() > epochs) {
      problems.add(
          String.format(
              Locale.ROOT,
              "a warm-up of %s epochs is longer than the run of %d",
              schedule.warmupEpochs(),
              epochs));
    }
    if (!(ema >= 0 && ema < 1)) {
      problems.add("ema must be in [0, 1): " + ema);
    }
    requireAtLeast(0, "skipped steps in a row", maxSkipped, problems);
    require(() -> new AdamW.Rates(learningRate, weightDecay), problems);
    require(() -> new ModalityDropout(modalityDropout), problems);
    require(() -> new GradientClipping(clipNorm), problems);
    ConfigException.throwIfAny("training", problems);
  }

  /** Returns a builder that starts from 50 epochs of the published recipe. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts from this configuration. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  private static void requireAtLeast(int least, String what, int value, List<String> problems) {
    if (value < least) {
      problems.add(String.format(Locale.ROOT, "%s must be at least %d: %d", what, least, value));
    }
  }

  /** Collects the problem that a constructor reports. */
  private static void require(Runnable user, List<String> problems) {
    try {
      user.run();
    } catch (ConfigException e) {
      problems.add(e.getMessage());
    }
  }

  /** Gathers settings; {@link #build()} validates them. */
  public static final class Builder {
    private int epochs = 50;
    private int batchSize = 16;
    private double learningRate = 1e-4;
    private double weightDecay = 0.01;
    private double modalityDropout = 0.3;
    private ModalityDropout.Unit modalityDropoutUnit = ModalityDropout.Unit.SEGMENT;
    private boolean bucketed = true;
    private boolean standardized = true;
    private double clipNorm = 1;
    private Schedule schedule = Schedule.CONSTANT;
    private LossOptions loss = LossOptions.UNWEIGHTED;
    private double ema;
    private Selection selection = Selection.BEST_F1;
    private boolean fittedThresholds = true;
    private int checkpointEvery = 10;
    private double checkpointMinutes;
    private int checkpointsKept = CheckpointFolder.KEPT;
    private int maxSkipped = 10;
    private long seed = 7;

    private Builder() {}

    private Builder(TrainerConfig from) {
      epochs = from.epochs;
      batchSize = from.batchSize;
      learningRate = from.learningRate;
      weightDecay = from.weightDecay;
      modalityDropout = from.modalityDropout;
      modalityDropoutUnit = from.modalityDropoutUnit;
      bucketed = from.bucketed;
      standardized = from.standardized;
      clipNorm = from.clipNorm;
      schedule = from.schedule;
      loss = from.loss;
      ema = from.ema;
      selection = from.selection;
      fittedThresholds = from.fittedThresholds;
      checkpointEvery = from.checkpointEvery;
      checkpointMinutes = from.checkpointMinutes;
      checkpointsKept = from.checkpointsKept;
      maxSkipped = from.maxSkipped;
      seed = from.seed;
    }

    /** See {@link TrainerConfig#epochs()}. */
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /** See {@link TrainerConfig#batchSize()}. */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /** See {@link TrainerConfig#learningRate()}. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** See {@link TrainerConfig#weightDecay()}. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** See {@link TrainerConfig#modalityDropout()}. */
    public Builder modalityDropout(double value) {
      modalityDropout = value;
      return this;
    }

    /** See {@link TrainerConfig#modalityDropoutUnit()}. */
    public Builder modalityDropoutUnit(ModalityDropout.Unit value) {
      modalityDropoutUnit = value;
      return this;
    }

    /** See {@link TrainerConfig#bucketed()}. */
    public Builder bucketed(boolean value) {
      bucketed = value;
      return this;
    }

    /** See {@link TrainerConfig#standardized()}. */
    public Builder standardized(boolean value) {
      standardized = value;
      return this;
    }

    /** See {@link TrainerConfig#clipNorm()}. */
    public Builder clipNorm(double value) {
      clipNorm = value;
      return this;
    }

    /** See {@link TrainerConfig#schedule()}. */
    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    /** See {@link TrainerConfig#loss()}. */
    public Builder loss(LossOptions value) {
      loss = value;
      return this;
    }

    /** See {@link TrainerConfig#ema()}. */
    public Builder ema(double value) {
      ema = value;
      return this;
    }

    /** See {@link TrainerConfig#selection()}. */
    public Builder selection(Selection value) {
      selection = value;
      return this;
    }

    /** See {@link TrainerConfig#fittedThresholds()}. */
    public Builder fittedThresholds(boolean value) {
      fittedThresholds = value;
      return this;
    }

    /** See {@link TrainerConfig#checkpointEvery()}. */
    public Builder checkpointEvery(int value) {
      checkpointEvery = value;
      return this;
    }

    /** See {@link TrainerConfig#checkpointMinutes()}. */
    public Builder checkpointMinutes(double value) {
      checkpointMinutes = value;
      return this;
    }

    /** See {@link TrainerConfig#checkpointsKept()}. */
    public Builder checkpointsKept(int value) {
      checkpointsKept = value;
      return this;
    }

    /** See {@link TrainerConfig#maxSkipped()}. */
    public Builder maxSkipped(int value) {
      maxSkipped = value;
      return this;
    }

    /** See {@link TrainerConfig#seed()}. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws ConfigException if settings are out of range; the message names all of them
     */
    public TrainerConfig build() {
      return new TrainerConfig(
          epochs,
          batchSize,
          learningRate,
          weightDecay,
          modalityDropout,
          modalityDropoutUnit,
          bucketed,
          standardized,
          clipNorm,
          schedule,
          loss,
          ema,
          selection,
          fittedThresholds,
          checkpointEvery,
          checkpointMinutes,
          checkpointsKept,
          maxSkipped,
          seed);
    }
  }
}
