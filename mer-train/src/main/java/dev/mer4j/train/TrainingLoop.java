package dev.mer4j.train;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.TrainingListener.StepRecord;

/**
 * Iterates over the training data: batch, modality dropout, step, events.
 *
 * <p>A step whose loss or gradient is not finite updates nothing, not even the optimizer's moments.
 */
final class TrainingLoop {
  private final TrainerConfig config;
  private final TrainingSession session;
  private final TrainingState state;
  private final CheckpointScheduler saver;
  private final DivergenceCheck divergence;
  private final StopSignal stop;
  private final TrainingListener events;
  private final boolean needsGradientNorms;
  private final Seeds seeds;

  TrainingLoop(
      TrainerConfig config,
      TrainingState state,
      CheckpointScheduler saver,
      DivergenceCheck divergence,
      StopSignal stop,
      TrainingListener events) {
    this.config = config;
    this.session = state.session();
    this.state = state;
    this.saver = saver;
    this.divergence = divergence;
    this.stop = stop;
    this.events = events;
    needsGradientNorms = events.needsGradientNorms();
    this.seeds = new Seeds(config.seed());
  }

  /**
   * Runs the remaining steps of the next epoch, and returns false if the run was stopped before its
   * end.
   *
   * @throws DivergenceException if too many consecutive steps, or all steps of the epoch, are not
   *     finite
   */
  boolean epoch() {
    int epoch = state.epoch() + 1;
    ModalityDropout modalityDropout = modalityDropout(epoch);
    SeedStream modalityDraws = seeds.stream("modality-dropout").at(epoch);
    boolean byBatch = config.modalityDropoutUnit() == ModalityDropout.Unit.BATCH;
    SeedStream headDraws = seeds.stream("head-dropout").at(epoch);
    events.epochStarted(epoch, session.stepsPerEpoch());
    try (PrefetchedBatches batches = session.epoch(epoch, state.totals().steps())) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        if (stop.isRaised()) {
          return false;
        }
        int done = state.totals().steps();
        double rate = learningRate(epoch, done);
        Batch shown = byBatch ? modalityDropout.applyToBatch(batch, modalityDraws.at(done)) : batch;
        Presence kept = byBatch ? batch.presence() : modalityDropout.apply(batch, modalityDraws);
        StepResult result = session.step(shown, kept, headDraws.at(done), rate);
        StepRecord record = record(epoch, done + 1, result, rate);
        if (result.isFinite()) {
          state.addStep(record, batch.size());
          events.stepFinished(record);
        } else {
          events.stepSkipped(record, batch.segments().stream().map(SegmentInfo::id).toList());
          divergence.check(state.totals(), record, batch);
          state.addSkipped();
        }
        saver.stepFinished();
      }
    }
    return true;
  }

  private ModalityDropout modalityDropout(int epoch) {
    double factor = config.schedule().modalityDropoutFactor(epoch);
    return new ModalityDropout(config.modalityDropout() * factor);
  }

  private double learningRate(int epoch, int step) {
    int steps = session.stepsPerEpoch();
    long before = (long) (epoch - 1) * steps + step;
    return config.learningRate()
        * config.schedule().learningRateFactor(before, steps, config.epochs());
  }

  private StepRecord record(int epoch, int number, StepResult step, double rate) {
    return new StepRecord(
        epoch,
        number,
        session.stepsPerEpoch(),
        step.loss(),
        step.gradientNorm(),
        step.clipped(),
        rate,
        needsGradientNorms ? gradientNorms() : PerModality.of());
  }

  private PerModality<Double> gradientNorms() {
    MultimodalModel model = state.model();
    return GradientNorms.ofEncoders(
        model.config().inputs().modalities(), model.parameters().views(), session.gradient());
  }
}
