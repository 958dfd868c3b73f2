package dev.mer4j.data.csd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsdWriterTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(3);
    Path file = folder.resolve("x.csd");
    double[] doubles = random.doubles(400_000L).toArray();
    float[] floats = {1, Float.NaN, Float.NEGATIVE_INFINITY, 33_000_000, -0f, Float.MIN_VALUE};
    CsdWriter.write(
        file,
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
      assertThat(csd.shape("a")).isEqualTo(new EntryShape(2, 3, "float32", "contiguous"));
    }
  }

  @Test
  void refusesAnEntryTwice() {
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
        .hasMessageContaining("written twice: 'a'");
    assertThat(folder).isEmptyDirectory();
  }
}
