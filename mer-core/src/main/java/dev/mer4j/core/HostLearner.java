package dev.mer4j.core;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.GradientClipping.Clipped;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;

/** Has the model make the gradient, and moves the parameters in their array. */
final class HostLearner implements Learner {
  private final MultimodalModel model;
  private final AdamW optimizer;
  private final GradientClipping clipping;
  private float[] gradient = new float[0];

  HostLearner(MultimodalModel model, AdamW optimizer, GradientClipping clipping) {
    this.model = model;
    this.optimizer = optimizer;
    this.clipping = clipping;
  }

  @Override
  public Outcome step(Batch batch, Presence kept, SeedStream headDropout, double learningRate) {
    Step step = model.step(batch, kept, headDropout);
    gradient = step.gradient();
    Clipped clipped = clipping.apply(gradient);
    Outcome outcome = new Outcome(step.loss(), clipped.norm(), clipped.clipped());
    if (outcome.finite()) {
      optimizer.update(model.parameters().values(), gradient, clipped.scale(), learningRate);
    }
    return outcome;
  }

  @Override
  public float[] gradient() {
    return gradient;
  }

  @Override
  public AdamW.State state() {
    return optimizer.state();
  }

  @Override
  public void restore(AdamW.State state) {
    optimizer.restore(state);
  }
}
