package dev.mer4j.data.source.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
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

  @Test
  void rowNumbersOfPandasAreNoFeatures() throws IOException {
    assertThat(read(",timestamp,a\n0,0.5,7\n").rows().rows().width()).isOne();
    TimedTable table = read("Unnamed: 0,timestamp,,a\n5,0.5,6,7\n");
    assertThat(table.rows().rows().width()).isOne();
    assertThat(table.rows().rows().at(0, 0)).isEqualTo(7);
  }

  @Test
  void severalFacesAtOneTimeAreAnError() throws IOException {
    String one = "face_id,timestamp,success,a\n0,0.0,1,5\n1,0.0,0,7\n1,0.1,1,6\n";
    assertThat(read(one).rows().count()).isEqualTo(2);
    assertThatThrownBy(() -> read(one + "0,0.1,1,8\n"))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith(
            "v.csv: line 5 has face 0 at the time of face 1, 0.1 s; keep the rows of one person");
  }

  /** As opensmile-python writes its data frames. */
  @Test
  void timesMayBeDurationsOfPandas() throws IOException {
    TimedTable table =
        read(
            """
            file,start,end,a
            v.wav,0 days,0 days 00:00:00.025000,1
            v.wav,1 days 01:02:03.500000,1 days 01:02:04,2
            v.wav,-1 days +23:59:59.500000,0 days 00:00:00,3
            """);

    assertThat(table.rows().rows().width()).isOne();
    assertThat(table.rows().start(0)).isZero();
    assertThat(table.rows().end(0)).isEqualTo(0.025);
    assertThat(table.rows().start(1)).isEqualTo(90_123.5);
    assertThat(table.rows().start(2)).isEqualTo(-0.5);
  }
}
