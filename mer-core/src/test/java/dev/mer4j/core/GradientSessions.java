package dev.mer4j.core;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;

/** Training sessions whose steps compute gradients without updating the parameters. */
public final class GradientSessions {
  private GradientSessions() {}

  /** Starts a session with unweighted cross-entropy. */
  public static TrainingSession start(MultimodalModel model, Batcher batches) {
    Loss loss = Loss.unweighted(model.config().labels().classes().size());
    return model.startTraining(
        new TrainingOptions(loss, new AdamW.Rates(1, 0), new GradientClipping(1)), batches);
  }

  /** Computes the gradient of a batch. */
  public static StepResult step(
      TrainingSession session, Batch batch, Presence kept, SeedStream headDropout) {
    return session.step(batch, kept, headDropout, 0);
  }
}
