package dev.mer4j.examples;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.statistics.Comparison;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import java.util.Locale;

/** Trains two models, for one epoch and for twelve, and compares them on the same test segments. */
public final class CompareRuns {
  private CompareRuns() {}

  public static void main(String[] arguments) {
    for (Comparison.Difference metric : compare().metrics()) {
      System.out.printf(
          Locale.ROOT,
          "%s: %.3f and %.3f, difference in [%.3f, %.3f], p = %.3f%n",
          metric.metric(),
          metric.a(),
          metric.b(),
          metric.difference().low(),
          metric.difference().high(),
          metric.p());
    }
  }

  /** Compares twelve epochs with one; intervals are over videos, whose segments are correlated. */
  static Comparison compare() {
    return Comparison.of(predictionsAfter(12), predictionsAfter(1));
  }

  private static Predictions predictionsAfter(int epochs) {
    try (MultimodalModel model = TrainOnYourArrays.model()) {
      Trainer.builder()
          .config(TrainerConfig.builder().epochs(epochs).batchSize(12).learningRate(0.01).build())
          .build()
          .fit(
              model,
              TrainingSplit.of(ToyClips.of("train", 120, 1)),
              ValidationSplit.of(ToyClips.of("valid", 40, 2)));
      return model.predict(ToyClips.of("test", 120, 3));
    }
  }
}
