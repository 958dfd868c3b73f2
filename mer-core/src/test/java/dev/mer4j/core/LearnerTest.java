package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.GradientClipping.Clipped;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.core.optimizer.Learner.Outcome;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnerTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(40, 5, 1);
  private static final AdamW.Rates RATES = new AdamW.Rates(0.01, 0.1);
  private static final GradientClipping CLIPPING = new GradientClipping(0.1);

  private static MultimodalModel model() {
    return MultimodalModel.builder()
        .inputs(RandomSegments.WIDTHS)
        .hidden(4)
        .headWidth(7)
        .fusion(Fusion.attention())
        .seed(11)
        .build();
  }

  private static List<Batch> batches() {
    return Batcher.builder(SEGMENTS).batchSize(8).build().epoch(0);
  }

  private static SeedStream dropout(int step) {
    return new Seeds(2).stream("dropout").at(step);
  }

  @Test
  void aStepIsAPassThenClippingThenAdamW() {
    try (MultimodalModel learned = model();
        MultimodalModel moved = model()) {
      Learner learner = learned.learner(RATES, CLIPPING);
      AdamW optimizer = new AdamW(RATES, moved.parameters().size());
      int step = 0;
      for (Batch batch : batches()) {
        Outcome outcome = learner.step(batch, batch.presence(), dropout(step), 0.005);
        Step pass = moved.step(batch, batch.presence(), dropout(step++));
        Clipped clipped = CLIPPING.apply(pass.gradient());
        optimizer.update(moved.parameters().values(), pass.gradient(), clipped.scale(), 0.005);

        assertThat(outcome)
            .isEqualTo(new Outcome(pass.loss(), clipped.norm(), clipped.clipped()))
            .matches(Outcome::finite);
        assertThat(learner.gradient()).isEqualTo(pass.gradient());
        assertThat(learned.parameters().sha256()).isEqualTo(moved.parameters().sha256());
      }
      assertThat(learner.state()).usingRecursiveComparison().isEqualTo(optimizer.state());
    }
  }

  @Test
  void goesOnFromAStateBitForBit() {
    List<Batch> batches = batches();
    try (MultimodalModel through = model();
        MultimodalModel resumed = model()) {
      Learner learner = through.learner(RATES, CLIPPING);
      learner.step(batches.get(0), batches.get(0).presence(), dropout(0), 0.01);
      float[] parameters = through.parameters().values().clone();
      AdamW.State state = learner.state();
      learner.step(batches.get(1), batches.get(1).presence(), dropout(1), 0.01);

      System.arraycopy(parameters, 0, resumed.parameters().values(), 0, parameters.length);
      Learner after = resumed.learner(RATES, CLIPPING);
      after.restore(state);
      after.step(batches.get(1), batches.get(1).presence(), dropout(1), 0.01);

      assertThat(resumed.parameters().sha256()).isEqualTo(through.parameters().sha256());
      assertThat(after.state()).usingRecursiveComparison().isEqualTo(learner.state());
    }
  }

  @Test
  void learnsByTheLossThatTheModelWasLastTold() {
    Batch batch = batches().get(0);
    try (MultimodalModel model = model()) {
      Learner learner = model.learner(RATES, CLIPPING);
      model.learnBy(new Loss(List.of(2.0, 2.0, 2.0, 2.0, 2.0, 2.0), 1));
      double expected = model.step(batch, batch.presence(), dropout(0)).loss();
      assertThat(learner.step(batch, batch.presence(), dropout(0), 0.01).loss())
          .isEqualTo(expected);
    }
  }

  @Test
  void aStepThatIsNotFiniteMovesNothing() {
    Batch batch = batches().get(0);
    try (MultimodalModel model = model()) {
      Learner learner = model.learner(RATES, CLIPPING);
      model.parameters().values()[0] = Float.NaN;
      String before = model.parameters().sha256();

      assertThat(learner.step(batch, batch.presence(), dropout(0), 0.01).finite()).isFalse();
      assertThat(learner.gradient()).contains(Float.NaN);
      assertThat(model.parameters().sha256()).isEqualTo(before);
      assertThat(learner.state().step()).isZero();
      assertThat(learner.state().mean()).containsOnly(0);
    }
  }
}
