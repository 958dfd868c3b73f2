package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.cuda.internal.driver.DeviceInfo;
import dev.mer4j.cuda.internal.driver.Kernel.Launch;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
  private static final DeviceInfo A100 = device(8, 0, 108, 166_912);
  private static final DeviceInfo RTX3060 = device(8, 6, 28, 101_376);
  private static final DeviceInfo H200 = device(9, 0, 132, 232_448);

  @ParameterizedTest(name = "H = {0}")
  @ValueSource(ints = {1, 64, 65, 128, 129, 256})
  void everyLaunchFitsItsGpu(int hidden) {
    for (DeviceInfo gpu : List.of(A100, RTX3060, H200)) {
      Recurrence recurrence = Recurrence.of(hidden, gpu);
      assertThat(recurrence.hidden()).isGreaterThanOrEqualTo(hidden);
      for (int rows : new int[] {1, 2, 7, 16, 64, 1024}) {
        int groupRows = recurrence.groupRows(Collections.nCopies(3, rows(rows)));
        assertThat(groupRows).isEven().isBetween(2, 16);
        for (boolean backward : new boolean[] {false, true}) {
          Launch launch = recurrence.launch(6, groupRows, backward);
          assertThat(launch.sharedBytes()).isBetween(1, gpu.sharedBytes() - 1024);
          assertThat(launch.gridX()).isEqualTo(6 * recurrence.cluster());
          assertThat(recurrence.resident(groupRows, backward)).isNotNegative();
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {1, 8, 16, 22})
  void fewRowsRunInGroupsOfTwo(int rows) {
    Recurrence recurrence = Recurrence.of(128, H200);
    assertThat(recurrence.groupRows(Collections.nCopies(3, rows(rows)))).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {256, 1024})
  void manyRowsRunInLargeGroups(int rows) {
    Recurrence recurrence = Recurrence.of(128, H200);
    assertThat(recurrence.groupRows(Collections.nCopies(3, rows(rows)))).isEqualTo(16);
  }

  private static PackedRows rows(int count) {
    int[] lengths = IntStream.range(0, count).map(r -> 5).toArray();
    return PackedRows.of(new ActiveRows(IntStream.range(0, count).toArray(), lengths, 5));
  }

  private static DeviceInfo device(int major, int minor, int multiprocessors, int sharedBytes) {
    return new DeviceInfo(
        "a GPU", major, minor, multiprocessors, sharedBytes, 1_000_000, 1_000_000, 4096, 12_040);
  }
}
