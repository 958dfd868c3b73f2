package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.internal.cpu.NativeBuffer;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.BatchLimit;
import dev.mer4j.data.batch.Sequences;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderBatchTest {
  @Test
  void refusesPassesWithTooLargeArrays() {
    int steps = 1 << 20;
    assertThat(batch(steps / 4).rows(Modality.AUDIO).count()).isEqualTo(2);
    assertThatThrownBy(() -> batch(steps))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "a batch of 2 segments with 2097152 steps of audio in total, 3 features wide, at hidden"
                + " size 128 exceeds the 536870848 values of an array; use a"
                + " smaller batch size, or prepare the data with fewer steps");
  }

  @Test
  void refusesNativeBuffersBeyondTheLimit() {
    try (NativeBuffer buffer = new NativeBuffer()) {
      assertThatThrownBy(() -> buffer.ensure(BatchLimit.VALUES + 1L))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith(
              "a pass needs 536870849 values in one array, at most 536870848 are possible; use a smaller");
    }
  }

  private static EncoderBatch batch(int steps) {
    Sequences audio =
        new Sequences(
            2, steps, 3, new int[] {steps, steps}, Sequences.Layout.TIME_FIRST, new float[0]);
    ModalitySet has = ModalitySet.of(Modality.AUDIO);
    return EncoderBatch.of(
        new EncoderShape(PerModality.of(Modality.AUDIO, 3), 128),
        PerModality.of(Modality.AUDIO, audio),
        Presence.of(List.of(has, has)));
  }
}
