package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.segment.Unit;
import dev.mer4j.data.store.SegmentStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandsTest {
  @TempDir static Path folder;
  private static Path data;

  @BeforeAll
  static void writeData() {
    data = TinyData.write(folder.resolve("data"));
  }

  @Test
  void synthWritesFilesThatInspectReads() {
    Path written = folder.resolve("synthetic files");

    assertThat(Cli.run("synth", written, "--videos", 3, "--seed", 1).status()).isZero();
    Cli inspected = Cli.run("inspect", written);

    assertThat(inspected.err()).isEmpty();
    assertThat(inspected.status()).isZero();
    assertThat(inspected.out()).contains("3 videos").contains("OpenFace_2").contains("713");
  }

  @Test
  void inspectPrintsOneJsonDocument() {
    JsonNode json = Cli.run("inspect", data, "--json").json();

    assertThat(json.at("/labels/videos").asInt()).isEqualTo(20);
    assertThat(json.at("/features/audio/segments_without").isInt()).isTrue();
    assertThat(json.at("/folds/counts/train/videos").asInt()).isPositive();
    assertThat(json.at("/verdicts").size()).isPositive();
  }

  @Test
  void showTellsASegmentWhoseIdStartsWithAHyphen() {
    RawSegment segment = hyphenated();

    Cli shown = Cli.run("show", data, "--json", "--", segment.id());

    JsonNode json = shown.json();
    assertThat(json.get("id").asText()).isEqualTo(segment.id().toString()).startsWith("-");
    assertThat(json.get("start").asDouble()).isEqualTo(segment.start());
    assertThat(json.get("labels").size()).isEqualTo(1 + Emotion.COUNT);
    segment
        .rows()
        .forEach((modality, rows) -> check(json.at("/modalities/" + modality.key()), rows));
    assertThat(json.get("modalities").size()).isEqualTo(segment.rows().size());
  }

  private static void check(JsonNode json, SegmentRows rows) {
    assertThat(json.get("rows").asInt()).isEqualTo(rows.count());
    assertThat(json.get("width").asInt()).isEqualTo(rows.width());
    assertThat(json.get("first").asDouble()).isEqualTo(rows.first());
    assertThat(json.get("last").asDouble()).isEqualTo(rows.last());
    assertThat(json.get("nan").asLong()).isEqualTo(rows.stats().nan());
    assertThat(json.get("inf").asLong()).isEqualTo(rows.stats().infinite());
    assertThat(json.get("finite_sum").asDouble()).isCloseTo(rows.stats().finiteSum(), within(1e-9));
    assertThat(json.at("/after/rows").asInt()).isEqualTo(Math.min(300, rows.count()));
    assertThat(json.at("/after/min").asDouble()).isLessThan(json.at("/after/max").asDouble());
  }

  @Test
  void showPrintsATable() {
    Cli shown = Cli.run("show", data, "--", hyphenated().id());

    assertThat(shown.status()).isZero();
    assertThat(shown.out()).contains("happy").contains("visual").contains("kept rows");
  }

  @Test
  void showNamesTheClosestVideos() {
    SegmentId id = hyphenated().id();

    Cli failed = Cli.run("show", data, "--", id.video() + "x[0]");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains(id.video());
  }

  @Test
  void prepareKeepsTheFoldsBesideTheData() {
    Path store = folder.resolve("stores").resolve("a store");

    Cli prepared = Cli.run("prepare", data, "--out", store, "--steps", 5, "--truncate", "pool");

    assertThat(prepared.err()).isEmpty();
    assertThat(prepared.out()).contains("train").contains("valid").contains("test");
    try (SegmentStore open = SegmentStore.open(store)) {
      assertThat(open.info().options().steps()).isEqualTo(5);
      assertThat(open.all().info(0).steps(Modality.AUDIO)).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void prepareFailsWithoutAStoreWhenTheFoldsAreMissing() {
    Path store = folder.resolve("never");

    Cli failed = Cli.run("prepare", data, "--out", store, "--folds", folder.resolve("nowhere"));

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err().lines().toList()).hasSize(1);
    assertThat(Files.exists(store)).isFalse();
  }

  private static RawSegment hyphenated() {
    try (SegmentReader reader = SegmentReader.open(CsdFolder.find(data), Unit.SEGMENT)) {
      String video =
          reader.videos().stream().filter(v -> v.startsWith("-")).findFirst().orElseThrow();
      return reader.read(video).get(0);
    }
  }
}
