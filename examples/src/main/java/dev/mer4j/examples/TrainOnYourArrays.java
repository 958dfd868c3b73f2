package dev.mer4j.examples;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.TestSplit;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.TrainingRun;
import java.nio.file.Path;

/** Trains a model on arrays in memory, evaluates it and saves it. */
public final class TrainOnYourArrays {
  private TrainOnYourArrays() {}

  public static void main(String[] arguments) {
    Evaluation evaluation = train(Path.of(arguments.length > 0 ? arguments[0] : "toy-model"));
    System.out.println("macro-F1 on the test split: " + evaluation.macroF1());
  }

  static Evaluation train(Path modelFolder) {
    TrainingSplit training = TrainingSplit.of(ToyClips.of("train", 120, 1));
    ValidationSplit validation = ValidationSplit.of(ToyClips.of("valid", 40, 2));
    TestSplit test = TestSplit.of(ToyClips.of("test", 60, 3));
    try (MultimodalModel model = model()) {
      TrainerConfig config =
          TrainerConfig.builder().epochs(12).batchSize(12).learningRate(0.01).build();
      TrainingRun run = Trainer.builder().config(config).build().fit(model, training, validation);
      model.save(modelFolder, run.provenance());
      return Evaluator.withPriorsFrom(training).evaluate("test", model, test);
    }
  }

  static MultimodalModel model() {
    return MultimodalModel.builder()
        .inputs(ToyClips.WIDTHS)
        .hidden(16)
        .headHidden(16)
        .fusion(Fusion.attention())
        .build();
  }
}
