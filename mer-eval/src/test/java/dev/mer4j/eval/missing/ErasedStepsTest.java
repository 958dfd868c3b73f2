package dev.mer4j.eval.missing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.eval.ToyModels;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ErasedStepsTest {
  private static final SegmentSet SEGMENTS = ToyModels.planted(500, 0.1, "erased", 1);
  private static final Standardization FITTED = Standardization.fit(SEGMENTS);

  @Test
  void erasedStepsAreZeroOnceStandardizedAndOthersUntouched() {
    ErasedSteps erased = new ErasedSteps(SEGMENTS, 0.4, 9, FITTED);

    for (int s = 0; s < 50; s++) {
      for (Modality modality : SEGMENTS.info(s).modalities().toList()) {
        int width = ToyModels.WIDTHS.get(modality);
        int steps = SEGMENTS.info(s).steps(modality);
        float[] before = new float[1 + steps * width];
        float[] after = new float[1 + steps * width];
        SEGMENTS.read(s, modality, before, 1);
        erased.read(s, modality, after, 1);
        BitSet mask = erased.erased(s, modality);
        for (int i = 0; i < steps * width; i++) {
          double expected =
              mask.get(i / width) ? FITTED.of(modality).mean()[i % width] : before[1 + i];
          assertThat((double) after[1 + i]).isCloseTo(expected, within(1e-6));
        }
      }
    }
  }

  @Test
  void batchesSeeZerosOfTheSameLength() {
    ErasedSteps all = new ErasedSteps(SEGMENTS, 1, 9, FITTED);

    for (Batch batch : Batcher.builder(all).standardization(FITTED).build().inOrder()) {
      for (Sequences each : batch.sequences().values()) {
        for (float value : each.values()) {
          assertThat(value).isCloseTo(0, within(1e-5f));
        }
      }
    }
    assertThat(all.info(3)).isEqualTo(SEGMENTS.info(3));
    assertThat(all.info(3).scores().of(Emotion.HAPPY)).isIn(0f, 1f);
  }

  @Test
  void erasedShareEqualsTheRateAndGrowsMonotonically() {
    ErasedSteps low = new ErasedSteps(SEGMENTS, 0.3, 9, FITTED);
    ErasedSteps high = new ErasedSteps(SEGMENTS, 0.6, 9, FITTED);
    int steps = 0;
    int erased = 0;
    for (int s = 0; s < SEGMENTS.size(); s++) {
      for (Modality modality : SEGMENTS.info(s).modalities().toList()) {
        BitSet kept = low.erased(s, modality);
        steps += SEGMENTS.info(s).steps(modality);
        erased += kept.cardinality();
        kept.andNot(high.erased(s, modality));
        assertThat(kept.isEmpty()).isTrue();
      }
    }
    assertThat((double) erased / steps).isCloseTo(0.3, within(0.03));
  }
}
