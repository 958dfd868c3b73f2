package dev.mer4j.data.csd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CsdWriterTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void readsBackWhatWasWritten(CsdLayout layout) {
    Random random = new Random(3);
    Path file = folder.resolve("x.csd");
    double[] doubles = random.doubles(400_000L).toArray();
    float[] floats = {1, Float.NaN, Float.NEGATIVE_INFINITY, 33_000_000, -0f, Float.MIN_VALUE};
    CsdWriter.write(
        file,
        layout,
        "All Labels",
        Map.of("root name", "\"All Labels\"", "empty", ""),
        writer -> {
          writer.put(new CsdEntry("-b", new double[400_000], new Rows.Doubles(2, doubles)));
          writer.put(new CsdEntry("a", new double[] {0, 1, -1, 2}, new Rows.Floats(3, floats)));
          writer.put(new CsdEntry("none", new double[0], new Rows.Floats(3, new float[0])));
          writer.put(new CsdEntry("é", new double[2], new Rows.Doubles(1, new double[] {5})));
        });
    try (CsdFile csd = CsdFile.open(file)) {
      assertThat(csd.root()).isEqualTo("All Labels");
      assertThat(csd.videos()).containsExactly("-b", "a", "none", "é");
      assertThat(((Rows.Doubles) csd.read("-b").rows()).values().array()).isEqualTo(doubles);
      assertThat(((Rows.Floats) csd.read("a").rows()).values().array()).isEqualTo(floats);
      assertThat(csd.read("a").intervals()).containsExactly(0, 1, -1, 2);
      assertThat(csd.read("none").count()).isZero();
      String name = layout == CsdLayout.GZIP ? "chunked" : "contiguous";
      assertThat(csd.shape("a")).isEqualTo(new EntryShape(2, 3, "float32", name));
    }
  }

  @Test
  void replacesItsOwnSequencesOnly() throws IOException {
    Path own = folder.resolve("own.csd");
    Path foreign = Files.writeString(folder.resolve("foreign.csd"), "recorded over years");
    CsdWriter.write(own, "first", Map.of(), writer -> {});
    CsdWriter.write(own, "second", Map.of(), writer -> {});

    assertThat(CsdWriter.MARK.isOn(own)).isTrue();
    assertThatThrownBy(() -> CsdWriter.write(foreign, "root", Map.of(), writer -> {}))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("foreign.csd: exists, and is not an earlier output");
    assertThat(foreign).hasContent("recorded over years");
  }

  @Test
  void chunksHaveTheShapeOfH5py() {
    assertThat(ChunkShape.of(6000, 74, 8)).isEqualTo(new ChunkShape(375, 10));
    assertThat(ChunkShape.of(1800, 713, 4)).isEqualTo(new ChunkShape(113, 45));
    assertThat(ChunkShape.of(40, 7, 8)).isEqualTo(new ChunkShape(40, 7));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void readingReusesReleasedMemoryOnly(CsdLayout layout) {
    Path file = folder.resolve("x.csd");
    CsdWriter.write(
        file,
        layout,
        "root",
        Map.of(),
        writer -> {
          for (int v = 0; v < 6; v++) {
            float[] values = new float[40 * (1 + v % 3)];
            Arrays.fill(values, v);
            double[] intervals = new double[values.length / 2];
            writer.put(new CsdEntry("v" + v, intervals, new Rows.Floats(4, values)));
          }
        });
    try (CsdFile csd = CsdFile.open(file)) {
      csd.release();
      CsdEntry first = csd.read("v2");
      CsdEntry second = csd.read("v1");
      assertThat(first.rows().at(29, 3)).isEqualTo(2);
      csd.release();
      for (int v = 0; v < 6; v++) {
        CsdEntry next = csd.read("v" + v);
        assertThat(next.count()).isEqualTo(10 * (1 + v % 3));
        assertThat(next.rows().at(next.count() - 1, 3)).isEqualTo(v);
        assertThat(second.rows().at(19, 3)).isEqualTo(1);
        csd.release();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void aFileTruncatedWhileOpenIsAnError(CsdLayout layout) throws IOException {
    Path file = folder.resolve("x.csd");
    CsdWriter.write(
        file,
        layout,
        "root",
        Map.of(),
        writer -> {
          for (int v = 0; v < 40; v++) {
            double[] values = new Random(v).doubles(20_000L).toArray();
            writer.put(new CsdEntry("v" + v, new double[4000], new Rows.Doubles(10, values)));
          }
        });
    try (CsdFile csd = CsdFile.open(file)) {
      csd.release();
      csd.read("v0");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(Files.size(file) / 2);
      }
      csd.release();
      assertThatThrownBy(() -> csd.read("v39"))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("x.csd: entry 'v39' cannot be read");
    }
  }

  @Test
  void rejectsADuplicateEntry() {
    CsdEntry entry = new CsdEntry("a", new double[2], new Rows.Floats(1, new float[1]));
    assertThatThrownBy(
            () ->
                CsdWriter.write(
                    folder.resolve("x.csd"),
                    "root",
                    Map.of(),
                    writer -> {
                      writer.put(entry);
                      writer.put(entry);
                    }))
        .hasMessageContaining("duplicate entry: 'a'");
    assertThat(folder).isEmptyDirectory();
  }
}
