package dev.mer4j.train;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.optimizer.Learner.Outcome;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.TrainingListener.StepRecord;

/**
 * Passes over the training data: batch, drop modalities, have the learner take a step, tell.
 *
 * <p>A step whose loss or gradient is not finite moves nothing, not even the optimizer's memory.
 */
final class TrainingLoop {
  private final TrainerConfig config;
  private final MultimodalModel model;
  private final SegmentSet train;
  private final Batcher batches;
  private final TrainingState state;
  private final Saver saver;
  private final StopSignal stop;
  private final TrainingListener events;
  private final Seeds seeds;

  TrainingLoop(
      TrainerConfig config,
      MultimodalModel model,
      SegmentSet train,
      Batcher batches,
      TrainingState state,
      Saver saver,
      StopSignal stop,
      TrainingListener events) {
    this.config = config;
    this.model = model;
    this.train = train;
    this.batches = batches;
    this.state = state;
    this.saver = saver;
    this.stop = stop;
    this.events = events;
    this.seeds = new Seeds(config.seed());
  }

  /**
   * Does what is left of the next epoch, and tells whether it came to its end: not if the run was
   * stopped.
   *
   * @throws DivergenceException if too many steps in a row are not finite, or all of the epoch
   */
  boolean epoch() {
    int epoch = state.epoch() + 1;
    ModalityDropout modalityDropout = modalityDropout(epoch);
    SeedStream modalityDraws = seeds.stream("modality-dropout").at(epoch);
    SeedStream headDraws = seeds.stream("head-dropout").at(epoch);
    events.epochStarted(epoch, batches.batches());
    try (Prefetched left = left(epoch)) {
      while (left.hasNext()) {
        Batch batch = left.next();
        if (stop.isRaised()) {
          return false;
        }
        int done = state.tally().steps();
        double rate = learningRate(epoch, done);
        Presence kept = modalityDropout.apply(batch, modalityDraws);
        Outcome outcome = state.learner().step(batch, kept, headDraws.at(done), rate);
        StepRecord record = record(epoch, done + 1, outcome, rate);
        if (outcome.finite()) {
          state.take(record, batch.size());
          events.stepped(record);
        } else {
          events.stepSkipped(record, batch.segments().stream().map(SegmentInfo::id).toList());
          requireHope(record, batch);
          state.skip();
        }
        saver.stepDone();
      }
    }
    return true;
  }

  private ModalityDropout modalityDropout(int epoch) {
    double factor = config.schedule().modalityDropoutFactor(epoch);
    return new ModalityDropout(config.modalityDropout() * factor);
  }

  /** The batches of an epoch that is not done. */
  private Prefetched left(int epoch) {
    return new Prefetched(
        batches.epoch(epoch).subList(state.tally().steps(), batches.batches()), model::announce);
  }

  private double learningRate(int epoch, int step) {
    int steps = batches.batches();
    long before = (long) (epoch - 1) * steps + step;
    return config.learningRate()
        * config.schedule().learningRateFactor(before, steps, config.epochs());
  }

  private StepRecord record(int epoch, int number, Outcome step, double rate) {
    return new StepRecord(
        epoch, number, batches.batches(), step.loss(), step.gradientNorm(), step.clipped(), rate);
  }

  /**
   * Ends the run at a step that is not finite if there were too many of them. What is saved is the
   * state before the step, so that a run that goes on from there meets it again.
   */
  private void requireHope(StepRecord record, Batch batch) {
    int inARow = state.tally().skippedInARow() + 1;
    boolean none = state.tally().taken() == 0 && record.step() == record.steps();
    if (inARow > config.maxSkipped() || none) {
      Diagnosis diagnosis = Diagnosis.of(model, train, batch, record, state.learner().gradient());
      throw new DivergenceException(inARow, config.learningRate(), diagnosis, saver.save());
    }
  }
}
