package dev.mer4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.NativeBytes;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** Closed encoders leave neither buffers nor oneDNN objects. */
class OneDnnMemoryTest {
  private static final int HIDDEN = 128;
  private static final SegmentSet SEGMENTS = RandomSegments.of(16, 25, 6);

  @Test
  void closedEncodersLeaveNoNativeMemory() {
    Parameters.Layout layout = new Parameters.Layout();
    RandomSegments.WIDTHS.forEach(
        (modality, width) -> LstmParameters.declare(layout, modality, width, HIDDEN));
    Parameters parameters = layout.allocate();
    long buffers = NativeBytes.allocated();
    long pointers = Pointer.totalBytes();
    for (int i = 0; i < 3; i++) {
      try (Encoders encoders =
          new OneDnnBackend().open(RandomSegments.WIDTHS.modalities(), parameters)) {
        for (Batch batch : Batcher.builder(SEGMENTS).batchSize(7).build().inOrder()) {
          PerModality<float[]> states =
              encoders.forwardTraining(batch.sequences(), batch.presence());
          encoders.backward(states, new float[parameters.size()]);
        }
        assertThat(NativeBytes.allocated() - buffers).isGreaterThan(1 << 20);
      }
      assertThat(NativeBytes.allocated()).isEqualTo(buffers);
      assertThat(Pointer.totalBytes() - pointers).isLessThan(1 << 20);
    }
  }
}
