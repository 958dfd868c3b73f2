package dev.mer4j.train;

import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import java.nio.file.Path;
import java.util.List;

/** Small runs for tests that interrupt and resume them. */
final class ResumableRun {
  static final TrainingSplit TRAIN = Toys.training("train", 30);
  static final ValidationSplit VALID = Toys.validation("valid", 12);

  private ResumableRun() {}

  /** The results of a run. */
  record Outcome(TrainingRun run, String parameters, Predictions predictions) {}

  static TrainingListener crash(int epoch, int step) {
    return new TrainingListener() {
      @Override
      public void stepFinished(StepRecord done) {
        if (done.epoch() == epoch && done.step() == step) {
          throw new IllegalStateException("power cut");
        }
      }
    };
  }

  static Outcome fit(Trainer.Builder trainer) {
    return fit(trainer, Toys.builder(LabelSet.MULTI_LABEL));
  }

  static Outcome fit(Trainer.Builder trainer, ModelBuilder builder) {
    try (MultimodalModel model = builder.backend("native").build()) {
      TrainingRun run = trainer.build().fit(model, TRAIN, VALID);
      return new Outcome(run, model.parameters().sha256(), model.predict(VALID));
    }
  }

  static TrainerConfig config(int epochs) {
    return TrainerConfig.builder()
        .epochs(epochs)
        .batchSize(8)
        .learningRate(0.02)
        .checkpointEvery(1)
        .build();
  }

  static Outcome train(
      TrainerConfig config,
      TrainingSplit train,
      boolean resume,
      Path folder,
      TrainingListener... listeners) {
    return train(config, train, resume, folder, "native", listeners);
  }

  static Outcome train(
      TrainerConfig config,
      TrainingSplit train,
      boolean resume,
      Path folder,
      String backend,
      TrainingListener... listeners) {
    Trainer.Builder trainer = Trainer.builder().config(config).checkpoints(folder).resume(resume);
    List.of(listeners).forEach(trainer::listener);
    try (MultimodalModel model = Toys.builder(LabelSet.MULTI_LABEL).backend(backend).build()) {
      TrainingRun run = trainer.build().fit(model, train, VALID);
      return new Outcome(run, model.parameters().sha256(), model.predict(VALID));
    }
  }
}
