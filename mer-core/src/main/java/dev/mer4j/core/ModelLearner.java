package dev.mer4j.core;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;

/** Keeps a learner from working while the model does something else. */
record ModelLearner(MultimodalModel model, Learner learner) implements Learner {
  @Override
  public Outcome step(Batch batch, Presence kept, SeedStream headDropout, double learningRate) {
    synchronized (model) {
      return learner.step(batch, kept, headDropout, learningRate);
    }
  }

  @Override
  public float[] gradient() {
    synchronized (model) {
      return learner.gradient();
    }
  }

  @Override
  public AdamW.State state() {
    synchronized (model) {
      return learner.state();
    }
  }

  @Override
  public void restore(AdamW.State state) {
    synchronized (model) {
      learner.restore(state);
    }
  }
}
