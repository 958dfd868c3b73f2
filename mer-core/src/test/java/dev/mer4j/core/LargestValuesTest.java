package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The effect of features of ±3.4e38, which infinite values become if they are clipped. */
class LargestValuesTest {
  private static final int STEPS = 5;
  private static final int STEP = 3;
  private static final int WIDTH = 6;

  @Test
  void aLargestValueHidesTheOtherColumnsOfItsStep() {
    for (float value : new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}) {
      assertThat(probabilities(value, 1)).isEqualTo(probabilities(value, 2));
    }
    assertThat(probabilities(1, 1)).isNotEqualTo(probabilities(1, 2));
  }

  @Test
  void trainingStaysFinite() {
    TrainingOptions options =
        new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.01, 0.1), new GradientClipping(1));
    Batcher batcher = Batcher.builder(SegmentList.of(List.of(segment(Float.MAX_VALUE, 1)))).build();
    try (MultimodalModel model = model();
        TrainingSession session = model.startTraining(options, batcher)) {
      for (int step = 0; step < 5; step++) {
        Batch batch = batcher.epoch(1).get(0);
        SeedStream draws = new Seeds(step).stream("head-dropout");
        StepResult result = session.step(batch, batch.presence(), draws, 0.01);
        assertThat(result.isFinite()).isTrue();
      }
    }
  }

  private static List<Double> probabilities(float value, long others) {
    try (MultimodalModel model = model()) {
      SegmentList segments = SegmentList.of(List.of(segment(value, others)));
      return model.predict(segments).rows().get(0).probabilities();
    }
  }

  private static MultimodalModel model() {
    return MultimodalModel.builder()
        .input(Modality.AUDIO, WIDTH)
        .hidden(16)
        .headHidden(8)
        .seed(1)
        .build();
  }

  /** Returns a segment with this value in the first column of a step. */
  private static Segment segment(float value, long others) {
    SeedStream same = new Seeds(1).stream("features");
    SeedStream own = new Seeds(others).stream("others");
    float[] values = new float[STEPS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (i / WIDTH == STEP ? own : same).nextGaussian();
    }
    values[STEP * WIDTH] = value;
    return new Segment(
        new SegmentId("v", 0),
        0,
        1,
        EmotionScores.mosei(0, 1, 0, 0, 0, 0, 0),
        PerModality.of(Modality.AUDIO, new Features(STEPS, WIDTH, values)));
  }
}
