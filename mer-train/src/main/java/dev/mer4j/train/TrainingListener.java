package dev.mer4j.train;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;

/**
 * Receives the events of a training run, in order, on the training thread.
 *
 * <p>A listener cannot influence the run; an exception that it throws ends the run.
 */
public interface TrainingListener {
  /**
   * Returns whether the records of steps should have the norms of the encoders' gradients, for
   * which a backend on a device transfers the gradient in every step. Asked before the first step.
   */
  default boolean needsGradientNorms() {
    return false;
  }

  /**
   * Called before the first epoch.
   *
   * @param epochs the total number of epochs
   * @param before the epochs finished earlier; empty unless the run was resumed
   */
  default void started(int epochs, History before) {}

  /**
   * Called when a run to resume has no checkpoint and therefore starts anew.
   *
   * @param folder the folder that was searched for checkpoints
   */
  default void nothingToResume(Path folder) {}

  /** Called when a corrupt checkpoint is ignored; the next older one is tried. */
  default void checkpointIgnored(Path file, String problem) {}

  /**
   * Called when training continues from a checkpoint.
   *
   * @param epoch the number of finished epochs
   * @param step the number of finished steps of the next epoch
   */
  default void resumed(Path file, int epoch, int step) {}

  /**
   * Called when the location of the features is known and resident features are loaded.
   *
   * @param where one line of text: whether the backend holds all features, or receives them batch
   *     by batch
   */
  default void featuresPlaced(String where) {}

  /** Called when an epoch, counted from 1, starts or continues after a resumption. */
  default void epochStarted(int epoch, int steps) {}

  /** Called after a step has updated the parameters. */
  default void stepFinished(StepRecord step) {}

  /**
   * Called when a step is skipped because its loss or gradient is not finite.
   *
   * @param segments the segments of the batch
   */
  default void stepSkipped(StepRecord step, List<SegmentId> segments) {}

  /**
   * Called when an epoch is finished and validated.
   *
   * @param best whether it is the best epoch so far
   */
  default void epochFinished(EpochRecord epoch, boolean best) {}

  /** Called after a checkpoint is saved. */
  default void checkpointSaved(Path file) {}

  /** Called when the run is finished or cancelled and the model holds its best parameters. */
  default void finished(TrainingRun run) {}

  /**
   * The record of one step.
   *
   * @param epoch the epoch, from 1
   * @param step the step of the epoch, from 1
   * @param steps the number of steps of the epoch
   * @param loss the batch's mean loss in nats, before the step
   * @param gradientNorm the gradient's norm before clipping
   * @param clipped whether the gradient was clipped
   * @param learningRate the learning rate of the step
   * @param encoderGradientNorms the norm of the gradient of each modality's encoder, before
   *     clipping; empty unless a listener {@linkplain #needsGradientNorms needs} them
   */
  record StepRecord(
      int epoch,
      int step,
      int steps,
      double loss,
      double gradientNorm,
      boolean clipped,
      double learningRate,
      PerModality<Double> encoderGradientNorms) {}
}
