package dev.mer4j.data.csd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests files written by h5py in every form of HDF5: see src/test/python/hdf5_forms.py. */
final class Hdf5FormsTest {
  private static final Path FILES = Path.of("src/test/resources/h5py/forms");

  @TempDir Path folder;

  static Stream<String> files() throws IOException {
    List<String> names = new ArrayList<>();
    expected().fieldNames().forEachRemaining(names::add);
    return names.stream();
  }

  private static JsonNode expected() throws IOException {
    return new ObjectMapper().readTree(FILES.resolve("expected.json").toFile());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void everyEntryIsReadAsByH5pyOrRejectedByName(String name) throws IOException {
    JsonNode entries = expected().get(name);
    try (CsdFile csd = CsdFile.open(unpacked(name))) {
      for (Map.Entry<String, JsonNode> entry : entries.properties()) {
        String video = entry.getKey();
        JsonNode expectation = entry.getValue();
        if (expectation.has("refused")) {
          assertThatThrownBy(() -> csd.read(video))
              .as(video)
              .isInstanceOf(FileException.class)
              .hasMessageContaining(name + ": entry '" + video + "' ")
              .hasMessageContaining(expectation.get("refused").asText())
              .hasMessageNotContaining("download")
              .hasMessageNotContaining("damaged");
        } else if (expectation.has("damaged")) {
          assertThatThrownBy(() -> csd.read(video))
              .as(video)
              .isInstanceOf(FileException.class)
              .hasMessageContaining(
                  name + ": entry '" + video + "' cannot be read: it is damaged (")
              .hasMessageContaining(expectation.get("damaged").asText())
              .hasMessageEndingWith("download it again");
        } else {
          Rows rows = csd.read(video).rows();
          JsonNode shape = expectation.get("shape");
          assertThat(rows.count()).as(video).isEqualTo(shape.get(0).asInt());
          assertThat(rows.width()).as(video).isEqualTo(shape.get(1).asInt());
          assertThat(values(rows)).as(video).isEqualTo(values(expectation.get("values")));
        }
      }
    }
  }

  @Test
  void entriesAreInCreationOrderOrNameOrder() throws IOException {
    try (CsdFile csd = CsdFile.open(FILES.resolve("ordered.csd"))) {
      assertThat(csd.videos()).containsExactly("v2", "v10", "v1");
    }
    try (CsdFile csd = CsdFile.open(unpacked("dense.csd"))) {
      assertThat(csd.videos()).hasSize(61);
      assertThat(List.copyOf(csd.videos())).isSorted();
    }
  }

  @Test
  void aLargeGroupListsAllEntries() throws IOException {
    try (CsdFile csd = CsdFile.open(unpacked("dense-deep.csd"))) {
      assertThat(csd.videos()).hasSize(2301);
      for (String video : csd.videos()) {
        assertThat(csd.read(video).rows().at(0, 1)).isEqualTo(2);
      }
    }
  }

  @Test
  void reportsTheTypeAndTheLayout() {
    try (CsdFile csd = CsdFile.open(FILES.resolve("numbers.csd"))) {
      assertThat(csd.shape("u2be")).isEqualTo(new EntryShape(2, 3, "uint16", "contiguous"));
      assertThat(csd.shape("bfloat16").type()).isEqualTo("float16");
      assertThat(csd.shape("enum").type()).isEqualTo("int16");
    }
    try (CsdFile csd = CsdFile.open(FILES.resolve("fills.csd"))) {
      assertThat(csd.shape("compact")).isEqualTo(new EntryShape(4, 3, "float64", "compact"));
    }
  }

  private Path unpacked(String name) throws IOException {
    Path plain = FILES.resolve(name);
    if (Files.exists(plain)) {
      return plain;
    }
    Path file = folder.resolve(name);
    try (InputStream packed =
        new GZIPInputStream(Files.newInputStream(FILES.resolve(name + ".gz")))) {
      Files.copy(packed, file);
    }
    return file;
  }

  private static double[] values(Rows rows) {
    double[] values = new double[rows.count() * rows.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.at(i / rows.width(), i % rows.width());
    }
    return values;
  }

  private static double[] values(JsonNode expected) {
    DoubleStream.Builder values = DoubleStream.builder();
    if (expected.has("runs")) {
      for (JsonNode run : expected.get("runs")) {
        for (int i = 0; i < run.get(1).asInt(); i++) {
          values.add(Double.parseDouble(run.get(0).asText()));
        }
      }
    } else {
      expected.forEach(value -> values.add(Double.parseDouble(value.asText())));
    }
    return values.build().toArray();
  }
}
