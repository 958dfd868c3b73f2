package dev.mer4j.core.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
  @TempDir Path folder;

  @Test
  void containsExactlyTheSegmentsOfASet() {
    SegmentSet segments = RandomSegments.of(40, 3, 1);
    SegmentIds ids = SegmentIds.of(segments);
    for (int s = 0; s < segments.size(); s++) {
      SegmentId id = segments.info(s).id();
      assertThat(ids.contains(id)).isTrue();
      assertThat(ids.contains(new SegmentId(id.video(), id.index() + 1000))).isFalse();
      assertThat(ids.contains(new SegmentId(id.video() + "x", id.index()))).isFalse();
      assertThat(ids.containsVideo(id.video())).isTrue();
    }
  }

  @Test
  void readsRangesOfIndices() {
    SegmentIds ids = new SegmentIds(Map.of("v", "-3..-1 0..11 13"));
    assertThat(ids.contains(new SegmentId("v", -2))).isTrue();
    assertThat(ids.contains(new SegmentId("v", 11))).isTrue();
    assertThat(ids.contains(new SegmentId("v", 12))).isFalse();
    assertThat(ids.contains(new SegmentId("v", 13))).isTrue();
  }

  @Test
  void roundTripsThroughAFile() {
    Path file = folder.resolve("provenance.json");
    SegmentIds trained = SegmentIds.of(RandomSegments.of("t", 20, 3, 1));
    Provenance written = new Provenance(Map.of("seed", "7"), trained, SegmentIds.NONE);
    ModelFile.write(file, written);
    assertThat(ModelFile.read(file, Provenance.class)).isEqualTo(written);
  }

  @Test
  void aFactWithoutATextIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("null.json"), "{\"facts\": {\"seed\": null}}");

    assertThatThrownBy(() -> ModelFile.read(file, Provenance.class))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("not a valid Provenance: Invalid `null` value");
  }

  @Test
  void fileOfAnOlderVersionHasOnlyFacts() throws IOException {
    Path file = Files.writeString(folder.resolve("old.json"), "{\"facts\": {\"seed\": \"7\"}}");
    assertThat(ModelFile.read(file, Provenance.class))
        .isEqualTo(new Provenance(Map.of("seed", "7")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1..", "..1", "1,2", "99999999999", "1  2"})
  void refusesMalformedIndices(String indices) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.json"),
            "{\"facts\": {}, \"trained\": {\"v\": \"" + indices + "\"}, \"selected\": {}}");
    assertThatThrownBy(() -> ModelFile.read(file, Provenance.class))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("invalid segment indices of video v: '" + indices + "'");
  }
}
