package dev.mer4j.eval.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkMasksTest {
  private static final String TABLE =
      """
      id,steps.text,steps.audio,steps.visual
      a[0],3,10,6
      a[1],1,0,
      b[0],9,30,20
      """;

  @TempDir Path folder;

  private SegmentSet segments(String table) throws IOException {
    Path file = Files.writeString(folder.resolve("segments.csv"), table);
    return SegmentTable.read(file).get(Split.TEST);
  }

  @Test
  void digestsAreStable() throws IOException {
    BenchmarkMasks masks = BenchmarkMasks.of(0, segments(TABLE), List.of());
    String all = masks.sha256().values().stream().collect(Collectors.joining());

    assertThat(masks.conditions()).hasSize(50);
    assertThat(Sha256.of(all.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("5769793ae17176b3d3b58059548d39952232e233bd17a55d2236ca9b7c6df182");
  }

  @Test
  void digestsAreThoseOfTheFilesLines() throws IOException {
    BenchmarkMasks masks = BenchmarkMasks.of(7, segments(TABLE), List.of());
    Path file = folder.resolve("masks.jsonl");
    MasksFile.write(OutputFile.of(file, MasksFile.MARK), masks, Split.TEST);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1 + 3 * 50);
    int from = 1;
    for (Condition condition : masks.conditions()) {
      String own = String.join("\n", lines.subList(from, from + 3)) + "\n";
      assertThat(Sha256.of(own.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(masks.sha256().get(condition));
      assertThat(lines.get(from)).contains("\"condition\":\"" + condition.name() + "\"");
      from += 3;
    }
    MasksFile read = MasksFile.read(file);
    assertThat(read.seed()).isEqualTo(7);
    assertThat(read.of(segments(TABLE)).sha256()).isEqualTo(masks.sha256());
  }

  @Test
  void masksOfOtherSegmentsAreRefused() throws IOException {
    Path file = folder.resolve("masks.jsonl");
    MasksFile.write(
        OutputFile.of(file, MasksFile.MARK),
        BenchmarkMasks.of(0, segments(TABLE), List.of("frame:0.5")),
        Split.TEST);
    SegmentSet longer = segments(TABLE.replace("a[0],3,10,6", "a[0],3,17,6"));

    assertThatThrownBy(() -> MasksFile.read(file).of(longer))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("SHA-256 mismatch in condition 'frame:0.5'");
  }

  @Test
  void filesThatAreNoMasksAreRefused() throws IOException {
    for (String text :
        List.of("", "{}", "[1]", "no json", "{\"mer4j_masks\":1,\"split\":\"test\"}")) {
      Path file = Files.writeString(folder.resolve("other.jsonl"), text);
      assertThatThrownBy(() -> MasksFile.read(file))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("line 1: is not the first line of a masks file");
    }
    Path file =
        Files.writeString(
            folder.resolve("other.jsonl"),
            "{\"mer4j_masks\":1,\"split\":\"test\",\"seed\":1,\"conditions\":{\"x:1\":\"\"}}");
    SegmentSet segments = segments(TABLE);
    assertThatThrownBy(() -> MasksFile.read(file).of(segments))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("line 1: unknown protocol 'x'");
  }

  @Test
  void theMissingShareIsOfModalitiesOrSteps() throws IOException {
    BenchmarkMasks masks =
        BenchmarkMasks.of(
            0, segments(TABLE), List.of("fixed:text", "frame:1", "gaussian:1", "shift:0.5"));

    assertThat(masks.conditions().stream().map(masks::missing))
        .containsExactly(0.0, 5 / 8.0, 1.0, 0.0, 0.0);
  }

  @Test
  void conditionsMustNameModalitiesOfTheSegments() throws IOException {
    SegmentSet segments = segments(TABLE);

    assertThatThrownBy(() -> BenchmarkMasks.of(0, segments, List.of("fixed:text+gaze")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the segments have the modalities text+audio+visual");
  }
}
