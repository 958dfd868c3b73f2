package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.train.LossOptions.ClassWeights;
import dev.mer4j.train.Selection.Criterion;
import org.junit.jupiter.api.Test;

class TrainerConfigTest {
  @Test
  void namesEveryProblemWithItsValue() {
    TrainerConfig.Builder builder =
        TrainerConfig.builder()
            .epochs(0)
            .batchSize(-1)
            .learningRate(Double.NaN)
            .weightDecay(-2)
            .modalityDropout(1)
            .clipNorm(0)
            .checkpointEvery(0)
            .checkpointsKept(0)
            .maxSkipped(-3);

    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "training: epochs must be at least 1: 0",
            "batch size must be at least 1: -1",
            "learning rate must be above 0 and finite: NaN",
            "weight decay must be at least 0",
            "modality dropout must be in [0, 1): 1.0",
            "gradient norm limit must be above 0: 0.0",
            "epochs between checkpoints must be at least 1: 0",
            "checkpoints kept must be at least 1: 0",
            "skipped steps in a row must be at least 0: -3");
  }

  @Test
  void survivesJson() throws Exception {
    TrainerConfig config =
        TrainerConfig.builder().clipNorm(Double.POSITIVE_INFINITY).seed(Long.MIN_VALUE).build();
    ObjectMapper json = new ObjectMapper();

    assertThat(json.readValue(json.writeValueAsString(config), TrainerConfig.class))
        .isEqualTo(config);
  }

  @Test
  void copiesItselfThroughItsBuilder() {
    TrainerConfig config = Preset.ROBUST.trainer();

    assertThat(config.toBuilder().build()).isEqualTo(config);
    assertThat(config.toBuilder().epochs(3).build().epochs()).isEqualTo(3);
  }

  @Test
  void paperPresetIsThePublishedRecipe() {
    TrainerConfig trainer = Preset.PAPER.trainer();
    ModelConfig model = Preset.PAPER.model(Toys.WIDTHS);

    assertThat(trainer.epochs()).isEqualTo(50);
    assertThat(trainer.batchSize()).isEqualTo(16);
    assertThat(trainer.learningRate()).isEqualTo(1e-4);
    assertThat(trainer.modalityDropout()).isEqualTo(0.3);
    assertThat(trainer.checkpointEvery()).isEqualTo(10);
    assertThat(model.hidden()).isEqualTo(128);
    assertThat(model.fusion()).isEqualTo(Fusion.concatenation());
    assertThat(model.labels().task()).isEqualTo(Task.SINGLE_LABEL);
    assertThat(model.headHidden()).isEqualTo(128);
    assertThat(model.headDropout()).isEqualTo(0.3);
    assertThat(model.paddedBatch()).isEqualTo(16);
    assertThat(trainer.standardized()).isFalse();
    assertThat(trainer.bucketed()).isFalse();
    assertThat(trainer.fittedThresholds()).isFalse();
    assertThat(trainer.modalityDropoutUnit()).isEqualTo(ModalityDropout.Unit.BATCH);
    assertThat(trainer.selection()).isEqualTo(new Selection(Criterion.MACRO_F1, 5, false));
  }

  @Test
  void paperCorrectedHasTheSameSizesAndTheUsualMechanics() {
    TrainerConfig trainer = Preset.PAPER_CORRECTED.trainer();
    ModelConfig model = Preset.PAPER_CORRECTED.model(Toys.WIDTHS);

    assertThat(Preset.PAPER_CORRECTED.key()).isEqualTo("paper-corrected");
    assertThat(model).isEqualTo(Preset.PAPER.model(Toys.WIDTHS).toBuilder().paddedBatch(0).build());
    assertThat(trainer)
        .isEqualTo(
            TrainerConfig.builder().selection(new Selection(Criterion.MACRO_F1, 5, true)).build());
  }

  @Test
  void robustPresetSolvesTheMultiLabelTaskByASumOfTerms() {
    ModelConfig model = Preset.ROBUST.model(Toys.WIDTHS);

    assertThat(model.fusion()).isEqualTo(Fusion.additive(2));
    assertThat(model.pooling()).isEqualTo(Pooling.ATTENTION);
    assertThat(Preset.ROBUST.trainer().loss().classWeights()).isEqualTo(ClassWeights.BALANCED);
    assertThat(Preset.ROBUST.trainer().ema()).isEqualTo(0.99);
    assertThat(model.labels()).isEqualTo(LabelSet.MULTI_LABEL);
    assertThat(model.inputs()).isEqualTo(Toys.WIDTHS);
  }

  @Test
  void robustPresetHasNoPairsOfASingleModality() {
    ModelConfig model = Preset.ROBUST.model(PerModality.of(Modality.TEXT, 3));

    assertThat(model.fusion()).isEqualTo(Fusion.additive(1));
  }
}
