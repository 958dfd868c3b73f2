package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaddedBatchTest {
  private static final int BATCH = 4;

  /** 10 segments: two whole batches and one of two; lengths from 0. */
  private static final SegmentSet SEGMENTS = RandomSegments.of(10, 7, 3);

  private static MultimodalModel model(int paddedBatch) {
    return model(paddedBatch, Pooling.LAST);
  }

  private static MultimodalModel model(int paddedBatch, Pooling pooling) {
    ModelConfig config =
        ModelConfig.builder()
            .inputs(RandomSegments.WIDTHS)
            .hidden(5)
            .pooling(pooling)
            .headHidden(7)
            .headDropout(0)
            .fusion(Fusion.concatenation())
            .paddedBatch(paddedBatch)
            .build();
    return MultimodalModel.builder().config(config).seed(1).build();
  }

  /** Returns the segments with rows of zeros up to the longest of every four. */
  private static SegmentSet withRowsOfZeros(SegmentSet segments) {
    List<Segment> padded = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : segments.info(s).modalities().toList()) {
        int first = s - s % BATCH;
        int longest = 0;
        for (int i = first; i < Math.min(first + BATCH, segments.size()); i++) {
          longest = Math.max(longest, segments.info(i).steps(modality));
        }
        int width = segments.widths().get(modality);
        float[] values = new float[longest * width];
        segments.read(s, modality, values, 0);
        features.put(modality, new Features(longest, width, values));
      }
      padded.add(
          new Segment(segments.info(s).id(), 0, 1, segments.info(s).scores(), features.build()));
    }
    return SegmentList.of(padded);
  }

  @ParameterizedTest
  @EnumSource
  void predictsAsIfThePaddingWereRowsOfZeros(Pooling pooling) {
    try (MultimodalModel reads = model(BATCH, pooling);
        MultimodalModel usual = model(0, pooling)) {
      Predictions expected = usual.predict(withRowsOfZeros(SEGMENTS));
      Predictions found = reads.predict(SEGMENTS);

      for (int s = 0; s < SEGMENTS.size(); s++) {
        assertThat(found.rows().get(s).probabilities())
            .isEqualTo(expected.rows().get(s).probabilities());
      }
      assertThat(found.rows().get(0).probabilities())
          .isNotEqualTo(usual.predict(SEGMENTS).rows().get(0).probabilities());
    }
  }

  @Test
  void trainsAsIfThePaddingWereRowsOfZeros() {
    TrainingOptions options =
        new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.01, 0.1), new GradientClipping(1));
    Batcher reading =
        Batcher.builder(SEGMENTS).batchSize(BATCH).bucketed(false).readPadding(true).build();
    Batcher zeros = Batcher.builder(withRowsOfZeros(SEGMENTS)).batchSize(BATCH).build();
    try (MultimodalModel reads = model(BATCH);
        MultimodalModel usual = model(0);
        TrainingSession found = reads.startTraining(options, reading);
        TrainingSession expected = usual.startTraining(options, zeros)) {
      for (int b = 0; b < 3; b++) {
        Batch own = reading.asGiven().get(b);
        Batch other = zeros.asGiven().get(b);
        double loss = found.step(own, own.presence(), new Seeds(1).stream("d"), 0.01).loss();
        assertThat(loss)
            .isEqualTo(
                expected.step(other, other.presence(), new Seeds(1).stream("d"), 0.01).loss());
      }
      assertThat(reads.parameters().sha256()).isEqualTo(usual.parameters().sha256());
    }
  }
}
