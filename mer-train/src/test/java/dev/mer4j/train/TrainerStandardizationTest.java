package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.batch.Standardization;
import org.junit.jupiter.api.Test;

class TrainerStandardizationTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 40);
  private static final ValidationSplit VALID = Toys.validation("valid", 20);

  @Test
  void standardizesByTheTrainingDataAlone() {
    try (MultimodalModel model = Toys.model()) {
      Trainer.builder().config(config().build()).build().fit(model, TRAIN, VALID);

      assertThat(model.standardization())
          .usingRecursiveComparison()
          .isEqualTo(Standardization.fit(TRAIN));
    }
  }

  @Test
  void trainsOnFeaturesAsTheyAreIfRequested() {
    try (MultimodalModel model = Toys.model()) {
      TrainerConfig config = config().standardized(false).bucketed(false).build();
      Trainer.builder()
          .config(config)
          .standardization(Standardization.fit(VALID))
          .build()
          .fit(model, TRAIN, VALID);

      assertThat(model.standardization())
          .usingRecursiveComparison()
          .isEqualTo(Standardization.identity(TRAIN.widths()));
    }
  }

  @Test
  void usesTheGivenStandardization() {
    try (MultimodalModel model = Toys.model()) {
      Standardization given = Standardization.fit(VALID);

      Trainer.builder()
          .config(config().build())
          .standardization(given)
          .build()
          .fit(model, TRAIN, VALID);

      assertThat(model.standardization()).isSameAs(given);
    }
  }

  private static TrainerConfig.Builder config() {
    return TrainerConfig.builder().epochs(3).batchSize(8).learningRate(0.02);
  }
}
