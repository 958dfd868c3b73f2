package dev.mer4j.eval.missing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.StepMask;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.eval.ToyModels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErasedStepsTest {
  private static final SegmentSet SEGMENTS = ToyModels.planted(500, 0.1, "erased", 1);

  @Test
  void encodingWithAMaskEqualsEncodingSegmentsWithTheMeanInItsSteps() {
    try (MultimodalModel model = ToyModels.trained(Fusion.additive(2), SEGMENTS, 2)) {
      List<StepMask> masks =
          List.of(new ErasedSteps(SEGMENTS, 0.4, 9), new ErasedSteps(SEGMENTS, 1, 9));
      List<Encodings> encodings = model.encode(SEGMENTS, masks);
      for (int m = 0; m < masks.size(); m++) {
        Encodings expected = model.encode(erased(masks.get(m), model.standardization()));
        float[] logits = model.logits(encodings.get(m), encodings.get(m).presence());
        // The mean is rounded to float before standardization, so it is not exactly zero.
        assertThat(logits)
            .containsExactly(model.logits(expected, expected.presence()), within(1e-5f));
      }
    }
  }

  @Test
  void erasedShareEqualsTheRateAndGrowsMonotonically() {
    ErasedSteps low = new ErasedSteps(SEGMENTS, 0.3, 9);
    ErasedSteps high = new ErasedSteps(SEGMENTS, 0.6, 9);
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

  /** Returns copies of the segments with the mean in the erased steps. */
  private static SegmentSet erased(StepMask mask, Standardization standardization) {
    List<Segment> copies = new ArrayList<>();
    for (int s = 0; s < SEGMENTS.size(); s++) {
      SegmentInfo info = SEGMENTS.info(s);
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : info.modalities().toList()) {
        int width = ToyModels.WIDTHS.get(modality);
        float[] values = new float[info.steps(modality) * width];
        SEGMENTS.read(s, modality, values, 0);
        double[] mean = standardization.of(modality).mean();
        for (int t : mask.erased(s, modality).stream().toArray()) {
          for (int d = 0; d < width; d++) {
            values[t * width + d] = (float) mean[d];
          }
        }
        features.put(modality, new Features(info.steps(modality), width, values));
      }
      copies.add(new Segment(info.id(), 0, 1, info.scores(), features.build()));
    }
    return SegmentList.of(copies);
  }
}
