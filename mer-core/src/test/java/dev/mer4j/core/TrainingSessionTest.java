package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.GradientClipping.Clipped;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingSessionTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(40, 5, 1);
  private static final AdamW.Rates RATES = new AdamW.Rates(0.01, 0.1);
  private static final GradientClipping CLIPPING = new GradientClipping(0.1);

  private static MultimodalModel model() {
    return MultimodalModel.builder()
        .inputs(RandomSegments.WIDTHS)
        .hidden(4)
        .headHidden(7)
        .fusion(Fusion.attention())
        .seed(11)
        .build();
  }

  private static final Batcher BATCHES = Batcher.builder(SEGMENTS).batchSize(8).build();

  private static TrainingSession start(MultimodalModel model) {
    return model.startTraining(new TrainingOptions(Loss.UNWEIGHTED, RATES, CLIPPING), BATCHES);
  }

  private static SeedStream dropout(int step) {
    return new Seeds(2).stream("dropout").at(step);
  }

  @Test
  void stepIsAPassThenClippingThenAdamW() {
    try (MultimodalModel trained = model();
        MultimodalModel updated = model();
        TrainingSession session = start(trained);
        TrainingSession passes = GradientSessions.start(updated, BATCHES)) {
      AdamW optimizer = new AdamW(RATES, updated.parameters().size());
      int step = 0;
      for (Batch batch : BATCHES.epoch(1)) {
        StepResult result = session.step(batch, batch.presence(), dropout(step), 0.005);
        double loss =
            GradientSessions.step(passes, batch, batch.presence(), dropout(step++)).loss();
        Clipped clipped = CLIPPING.apply(passes.gradient());
        optimizer.update(updated.parameters().values(), passes.gradient(), clipped.scale(), 0.005);

        assertThat(result)
            .isEqualTo(new StepResult(loss, clipped.norm(), clipped.clipped()))
            .matches(StepResult::isFinite);
        assertThat(session.gradient()).isEqualTo(passes.gradient());
        assertThat(trained.parameters().sha256()).isEqualTo(updated.parameters().sha256());
      }
      assertThat(session.optimizerState()).usingRecursiveComparison().isEqualTo(optimizer.state());
    }
  }

  @Test
  void restoredStateContinuesBitIdentically() {
    List<Batch> batches = BATCHES.epoch(1);
    try (MultimodalModel through = model();
        MultimodalModel resumed = model();
        TrainingSession session = start(through);
        TrainingSession after = start(resumed)) {
      session.step(batches.get(0), batches.get(0).presence(), dropout(0), 0.01);
      float[] parameters = through.parameters().values().clone();
      AdamW.State state = session.optimizerState();
      session.step(batches.get(1), batches.get(1).presence(), dropout(1), 0.01);

      System.arraycopy(parameters, 0, resumed.parameters().values(), 0, parameters.length);
      after.restore(state);
      after.step(batches.get(1), batches.get(1).presence(), dropout(1), 0.01);

      assertThat(resumed.parameters().sha256()).isEqualTo(through.parameters().sha256());
      assertThat(after.optimizerState())
          .usingRecursiveComparison()
          .isEqualTo(session.optimizerState());
    }
  }

  @Test
  void minimizesTheLossOfItsOptions() {
    Batch batch = BATCHES.epoch(1).get(0);
    Loss weighted = new Loss(List.of(2.0, 2.0, 2.0, 2.0, 2.0, 2.0), 1);
    try (MultimodalModel model = model()) {
      double plain;
      try (TrainingSession session = start(model)) {
        plain = session.step(batch, batch.presence(), dropout(0), 0).loss();
      }
      try (TrainingSession session =
          model.startTraining(new TrainingOptions(weighted, RATES, CLIPPING), BATCHES)) {
        assertThat(session.step(batch, batch.presence(), dropout(0), 0).loss()).isNotEqualTo(plain);
      }
    }
  }

  @Test
  void modelTakesTheStandardizationOfItsTrainingBatches() {
    Standardization fitted = Standardization.fit(SEGMENTS);
    Batcher batches = Batcher.builder(SEGMENTS).batchSize(8).standardization(fitted).build();
    try (MultimodalModel model = model();
        TrainingSession session = GradientSessions.start(model, batches)) {
      assertThat(session.stepsPerEpoch()).isEqualTo(batches.batches());
      assertThat(model.standardization()).isSameAs(fitted);
    }
  }

  @Test
  void modelKeepsItsStandardizationIfATrainingCannotStart() {
    Batcher wide =
        Batcher.builder(RandomSegments.of(PerModality.of(Modality.TEXT, 9), "v", 10, 5, 1)).build();
    try (MultimodalModel model = model()) {
      Standardization before = model.standardization();
      assertThatThrownBy(() -> GradientSessions.start(model, wide))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("columns, the model reads");
      assertThat(model.standardization()).isSameAs(before);
    }
  }

  @Test
  void epochSkipsCompletedBatches() {
    try (MultimodalModel model = model();
        TrainingSession session = start(model);
        PrefetchedBatches rest = session.epoch(3, 2)) {
      assertThat(session.stepsPerEpoch()).isEqualTo(5);
      List<Batch> expected = BATCHES.epoch(3).subList(2, 5);
      for (Batch batch : expected) {
        assertThat(rest.next().segments()).isEqualTo(batch.segments());
      }
      assertThat(rest.hasNext()).isFalse();
    }
  }

  @Test
  void modelHasOneSessionAtATime() {
    try (MultimodalModel model = model()) {
      TrainingSession session = start(model);
      assertThatThrownBy(() -> start(model))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the model already has an open training session; close it first");
      session.close();
      assertThatThrownBy(session::gradient)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the training session is closed");
      start(model).close();
    }
  }

  @Test
  void nonFiniteStepUpdatesNothing() {
    Batch batch = BATCHES.epoch(1).get(0);
    try (MultimodalModel model = model();
        TrainingSession session = start(model)) {
      model.parameters().values()[0] = Float.NaN;
      String before = model.parameters().sha256();

      assertThat(session.step(batch, batch.presence(), dropout(0), 0.01).isFinite()).isFalse();
      assertThat(session.gradient()).contains(Float.NaN);
      assertThat(model.parameters().sha256()).isEqualTo(before);
      assertThat(session.optimizerState().step()).isZero();
      assertThat(session.optimizerState().mean()).containsOnly(0);
    }
  }
}
