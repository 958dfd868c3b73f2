package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.TermMeans;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What training fits beside the parameters of a model, and forgets when they change. */
class FittedValuesTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 40);
  private static final ValidationSplit VALID = Toys.validation("valid", 20);
  private static final TrainerConfig CONFIG =
      TrainerConfig.builder().epochs(3).batchSize(8).learningRate(0.02).build();

  @Test
  void additiveModelHasTheMeansOfItsTermsOverTheTrainingSplit() {
    try (MultimodalModel model =
        Toys.builder(LabelSet.MULTI_LABEL).fusion(Fusion.additive(2)).build()) {
      Trainer.builder().config(CONFIG).build().fit(model, TRAIN, VALID);

      assertThat(model.termMeans().values()).containsOnlyKeys(model.config().head().terms());
      ModalitySet text = ModalitySet.of(Modality.TEXT);
      List<Double> values =
          model.predict(TRAIN).rows().stream()
              .flatMap(row -> row.contributions().orElseThrow().terms().stream())
              .filter(term -> term.modalities().equals(text))
              .map(term -> term.values().get(3))
              .toList();
      double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
      // The mean is in single precision.
      assertThat(model.termMeans().of(text).get(3)).isCloseTo(mean, within(1e-6));
    }
  }

  @Test
  void aTrainingThatIsCancelledLeavesNothingThatWasFittedToFormerParameters() {
    try (MultimodalModel model =
        Toys.builder(LabelSet.MULTI_LABEL).fusion(Fusion.additive(2)).build()) {
      Trainer.builder().config(CONFIG).build().fit(model, TRAIN, VALID);
      assertThat(model.temperatures()).isPresent();
      Cancellation cancellation = new Cancellation();
      TrainingListener canceller =
          new TrainingListener() {
            @Override
            public void stepFinished(StepRecord done) {
              cancellation.cancel();
            }
          };

      Trainer.builder()
          .config(CONFIG)
          .listener(canceller)
          .cancellation(cancellation)
          .build()
          .fit(model, TRAIN, VALID);

      assertThat(model.temperatures()).isEmpty();
      assertThat(model.termMeans()).isEqualTo(TermMeans.UNKNOWN);
    }
  }
}
