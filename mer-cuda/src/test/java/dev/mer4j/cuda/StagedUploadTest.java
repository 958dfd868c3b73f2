package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.RandomBatches;
import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.PinnedBuffer;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Sequences.Layout;
import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagedUploadTest {
  private static final int WIDTH = 3;
  private static final int[] LENGTHS = {4, 0, 7, 1, 6};

  @ParameterizedTest(name = "{0}, stages of {1} values")
  @CsvSource({
    "BATCH_FIRST, 1",
    "BATCH_FIRST, 5",
    "BATCH_FIRST, 21",
    "BATCH_FIRST, 1000",
    "TIME_FIRST, 2",
    "TIME_FIRST, 7",
    "TIME_FIRST, 1000"
  })
  void activeRowsAreConcatenated(Layout layout, int stage) {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
    Sequences sequences = RandomBatches.sequences(7, WIDTH, LENGTHS, layout, 1);
    ActiveRows active = new ActiveRows(new int[] {0, 2, 4}, new int[] {4, 7, 6}, 7);
    try (Device device = Device.open(EmulatedDriver.load())) {
      DeviceStream stream = device.stream();
      DeviceBuffer target = device.buffer("inputs");
      int values = (4 + 7 + 6) * WIDTH;
      new StagedUpload(device, stream, stage).send(sequences, active, target.ensure(values));
      PinnedBuffer back = device.pinned("inputs");
      FloatBuffer found = back.floats(values);
      stream.download(back, target.address(), values);
      stream.synchronize();
      for (int row : active.rows()) {
        for (int t = 0; t < LENGTHS[row]; t++) {
          for (int d = 0; d < WIDTH; d++) {
            assertThat(found.get()).isEqualTo(sequences.values()[sequences.offset(row, t) + d]);
          }
        }
      }
    }
  }
}
