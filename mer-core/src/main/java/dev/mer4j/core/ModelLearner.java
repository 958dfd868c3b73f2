package dev.mer4j.core;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;

/** Keeps a learner from working while the model does something else, or once it is closed. */
record ModelLearner(ModelAccess access, Learner learner) implements Learner {
  @Override
  public Outcome step(Batch batch, Presence kept, SeedStream headDropout, double learningRate) {
    return access.exclusive(() -> learner.step(batch, kept, headDropout, learningRate));
  }

  @Override
  public float[] gradient() {
    return access.exclusive(learner::gradient);
  }

  @Override
  public AdamW.State state() {
    return access.exclusive(learner::state);
  }

  @Override
  public void restore(AdamW.State state) {
    access.exclusive(
        () -> {
          learner.restore(state);
          return state;
        });
  }
}
