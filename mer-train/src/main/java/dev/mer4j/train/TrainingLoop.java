package dev.mer4j.train;

import dev.mer4j.MerException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Step;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.TrainingListener.StepRecord;
import dev.mer4j.train.optimizer.GradientClipping;
import dev.mer4j.train.optimizer.GradientClipping.Clipped;
import java.util.List;

/**
 * One pass over the training data: pack, drop modalities, step, clip, move.
 *
 * <p>A step whose loss or gradient is not finite moves nothing, not even the optimizer's memory.
 */
final class TrainingLoop {
  private final TrainerConfig config;
  private final MultimodalModel model;
  private final Batcher batches;
  private final TrainingState state;
  private final TrainingListener events;
  private final Seeds seeds;
  private final ModalityDropout modalityDropout;
  private final GradientClipping clipping;

  TrainingLoop(
      TrainerConfig config,
      MultimodalModel model,
      Batcher batches,
      TrainingState state,
      TrainingListener events) {
    this.config = config;
    this.model = model;
    this.batches = batches;
    this.state = state;
    this.events = events;
    this.seeds = new Seeds(config.seed());
    this.modalityDropout = new ModalityDropout(config.modalityDropout());
    this.clipping = new GradientClipping(config.clipNorm());
  }

  Tally run(int epoch) {
    SeedStream modalityDraws = seeds.stream("modality-dropout").at(epoch);
    SeedStream headDraws = seeds.stream("head-dropout").at(epoch);
    Tally tally = new Tally();
    int steps = batches.batches();
    events.epochStarted(epoch, steps);
    for (Batch batch : new Prefetched(batches.epoch(epoch))) {
      Presence kept = modalityDropout.apply(batch, modalityDraws);
      Step step = model.step(batch, kept, headDraws.at(tally.steps()));
      Clipped gradient = clipping.apply(step.gradient());
      StepRecord record = record(epoch, tally.steps() + 1, steps, step, gradient);
      if (Double.isFinite(step.loss()) && gradient.finite()) {
        state.step(step.gradient(), gradient.scale());
        tally.take(record, batch.size());
        events.stepped(record);
      } else {
        tally.skip();
        skipped(record, batch, tally);
      }
    }
    if (tally.taken() == 0) {
      throw stopped(epoch, "none of its %d steps was finite".formatted(steps));
    }
    return tally;
  }

  private static StepRecord record(int epoch, int number, int steps, Step step, Clipped gradient) {
    return new StepRecord(epoch, number, steps, step.loss(), gradient.norm(), gradient.clipped());
  }

  private void skipped(StepRecord step, Batch batch, Tally tally) {
    List<SegmentId> segments = batch.segments().stream().map(SegmentInfo::id).toList();
    events.stepSkipped(step, segments);
    if (tally.skippedInARow() > config.maxSkipped()) {
      throw stopped(
          step.epoch(),
          "%d steps in a row were not finite; step %d had loss %s, gradient norm %s and segments %s"
              .formatted(
                  tally.skippedInARow(), step.step(), step.loss(), step.gradientNorm(), segments));
    }
  }

  private MerException stopped(int epoch, String reason) {
    return new MerException(
        "training stopped in epoch %d: %s; look for extreme features, or lower the learning rate (%s)"
            .formatted(epoch, reason, config.learningRate()));
  }
}
