package dev.mer4j.train;

import dev.mer4j.MerException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Step;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.TrainingListener.StepRecord;
import dev.mer4j.train.optimizer.GradientClipping;
import dev.mer4j.train.optimizer.GradientClipping.Clipped;
import java.util.List;

/**
 * Passes over the training data: pack, drop modalities, step, clip, move.
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
  private final Cancellation cancellation;
  private final TrainingListener events;
  private final Seeds seeds;
  private final GradientClipping clipping;

  TrainingLoop(
      TrainerConfig config,
      MultimodalModel model,
      SegmentSet train,
      Batcher batches,
      TrainingState state,
      Saver saver,
      Cancellation cancellation,
      TrainingListener events) {
    this.config = config;
    this.model = model;
    this.train = train;
    this.batches = batches;
    this.state = state;
    this.saver = saver;
    this.cancellation = cancellation;
    this.events = events;
    this.seeds = new Seeds(config.seed());
    this.clipping = new GradientClipping(config.clipNorm());
  }

  /**
   * Does what is left of the next epoch, and tells whether it came to its end: not if the run was
   * cancelled.
   */
  boolean epoch() {
    int epoch = state.epoch() + 1;
    int steps = batches.batches();
    SeedStream modalityDraws = seeds.stream("modality-dropout").at(epoch);
    SeedStream headDraws = seeds.stream("head-dropout").at(epoch);
    ModalityDropout modalityDropout =
        new ModalityDropout(
            config.modalityDropout() * config.schedule().modalityDropoutFactor(epoch));
    events.epochStarted(epoch, steps);
    List<Batch> left = batches.epoch(epoch).subList(state.tally().steps(), steps);
    for (Batch batch : new Prefetched(left)) {
      if (cancellation.isCancelled()) {
        return false;
      }
      int done = state.tally().steps();
      double rate = learningRate(epoch, done);
      Presence kept = modalityDropout.apply(batch, modalityDraws);
      Step step = model.step(batch, kept, headDraws.at(done));
      Clipped gradient = clipping.apply(step.gradient());
      StepRecord record = record(epoch, done + 1, steps, step, gradient, rate);
      if (Double.isFinite(step.loss()) && gradient.finite()) {
        state.step(step, gradient, rate, batch.size());
        events.stepped(record);
      } else {
        state.skip();
        skipped(record, batch, step);
      }
      saver.stepDone();
    }
    if (state.tally().taken() == 0) {
      throw noneFinite(epoch, steps);
    }
    return true;
  }

  private double learningRate(int epoch, int step) {
    int steps = batches.batches();
    long before = (long) (epoch - 1) * steps + step;
    return config.learningRate()
        * config.schedule().learningRateFactor(before, steps, config.epochs());
  }

  private static StepRecord record(
      int epoch, int number, int steps, Step step, Clipped gradient, double rate) {
    return new StepRecord(
        epoch, number, steps, step.loss(), gradient.norm(), gradient.clipped(), rate);
  }

  private void skipped(StepRecord record, Batch batch, Step step) {
    events.stepSkipped(record, batch.segments().stream().map(SegmentInfo::id).toList());
    int inARow = state.tally().skippedInARow();
    if (inARow > config.maxSkipped()) {
      Diagnosis diagnosis = Diagnosis.of(model, train, batch, record, step);
      throw new DivergenceException(inARow, config.learningRate(), diagnosis, saver.save());
    }
  }

  private MerException noneFinite(int epoch, int steps) {
    return new MerException(
        "training stopped in epoch %d: none of its %d steps was finite; look for features that are"
                .formatted(epoch, steps)
            + " not numbers, or lower the learning rate (%s)".formatted(config.learningRate()));
  }
}
