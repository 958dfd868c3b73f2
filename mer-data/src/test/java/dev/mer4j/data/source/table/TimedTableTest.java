package dev.mer4j.data.source.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedTableTest {
  @TempDir private Path folder;

  private TimedTable read(String text) throws IOException {
    return read(text, 0);
  }

  private TimedTable read(String text, double minConfidence) throws IOException {
    return TimedTable.read(Files.writeString(folder.resolve("v.csv"), text), "v", minConfidence);
  }

  @Test
  void dropsRowsBelowTheMinimumConfidence() throws IOException {
    String text =
        """
        timestamp, confidence, gaze_0_x
        0.00, 0.98, 0.5
        0.03, 0.80, 0.6
        0.07, 0.79, 0.7
        0.10, nan, 0.8
        0.13, 0, 0.9
        """;

    assertThat(read(text, 0.8).rows().count()).isEqualTo(2);
    assertThat(read(text, 0.8).failed()).isEqualTo(3);
    assertThat(read(text, 0.99).failed()).isEqualTo(5);
    assertThat(read(text).failed()).isEqualTo(1);
    assertThat(read("name;frameTime;loudness\n'v';0.0;0\n", 0.8).failed()).isZero();
  }

  @Test
  void dropsAndCountsRowsWithoutSuccessOrConfidence() throws IOException {
    TimedTable table =
        read(
            """
            frame, face_id, timestamp, confidence, success, gaze_0_x
            1, 0, 0.00, 0.98, 1, 0.5
            2, 0, 0.03, 0.40, 0, 0.6
            3, 0, 0.07, 0.00, 1, 0.7
            4, 0, 0.10, 0.02, 1, 0.8
            """);

    assertThat(table.failed()).isEqualTo(2);
    assertThat(table.rows().count()).isEqualTo(2);
    assertThat(table.rows().rows().width()).isOne();
    assertThat(table.rows().rows().at(0, 0)).isEqualTo(0.5);
    assertThat(table.rows().rows().at(1, 0)).isEqualTo(0.8);
    assertThat(table.rows().start(1)).isEqualTo(0.1);
  }

  @Test
  void keepsAllRowsOfTablesWithoutTheseColumns() throws IOException {
    TimedTable table = read("name;frameTime;loudness\n'v';0.0;0\n'v';0.01;1\n");

    assertThat(table.failed()).isZero();
    assertThat(table.rows().count()).isEqualTo(2);
  }
}
