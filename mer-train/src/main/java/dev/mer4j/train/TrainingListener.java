package dev.mer4j.train;

import dev.mer4j.data.SegmentId;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;

/**
 * Is told what a training run does, on the thread that trains, in the order in which it happens.
 *
 * <p>It watches and cannot steer: an exception that it throws ends the run.
 */
public interface TrainingListener {
  /**
   * The first epoch is about to begin.
   *
   * @param epochs how many there will be in all
   * @param before the epochs that were done before; empty unless the run was resumed
   */
  default void started(int epochs, History before) {}

  /**
   * A run that was to be resumed has no checkpoint, and starts at the beginning.
   *
   * @param folder where checkpoints were looked for
   */
  default void nothingToResume(Path folder) {}

  /** A damaged checkpoint is left aside, and an older one will be tried. */
  default void checkpointIgnored(Path file, String problem) {}

  /**
   * A checkpoint was read, and training goes on from there.
   *
   * @param epoch how many epochs are done
   * @param step how many steps are done of the one after them
   */
  default void resumed(Path file, int epoch, int step) {}

  /**
   * It is decided where the run reads its features, and those that the backend holds are there.
   *
   * @param where one line for people: whether the backend holds them all, or takes them batch by
   *     batch
   */
  default void featuresPlaced(String where) {}

  /** An epoch, counted from 1, begins, or goes on in a run that was resumed in the middle. */
  default void epochStarted(int epoch, int steps) {}

  /** The parameters have moved. */
  default void stepFinished(StepRecord step) {}

  /**
   * The loss or the gradient was not finite, and nothing has moved.
   *
   * @param segments the batch that did it
   */
  default void stepSkipped(StepRecord step, List<SegmentId> segments) {}

  /**
   * An epoch is over and has been validated.
   *
   * @param best whether it is the best one so far
   */
  default void epochFinished(EpochRecord epoch, boolean best) {}

  /** A checkpoint is on disk. */
  default void checkpointSaved(Path file) {}

  /** The run is over or cancelled, and the model holds its best parameters. */
  default void finished(TrainingRun run) {}

  /**
   * One step.
   *
   * @param epoch from 1
   * @param step of the epoch, from 1
   * @param steps how many the epoch has
   * @param loss the batch's mean loss in nats, before the step
   * @param gradientNorm before clipping
   * @param clipped whether the gradient was too long
   * @param learningRate with which it was taken
   */
  record StepRecord(
      int epoch,
      int step,
      int steps,
      double loss,
      double gradientNorm,
      boolean clipped,
      double learningRate) {}
}
