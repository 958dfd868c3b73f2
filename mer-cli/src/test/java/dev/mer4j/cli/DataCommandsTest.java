package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.FaultLog;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.store.SegmentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
  void folderIsOptionalIfOptionsNameTheFiles() {
    CsdFolder files = CsdFolder.find(data);
    Path labels = files.labels();
    Path audio = files.features().get(Modality.AUDIO);
    Path store = folder.resolve("audio.store");

    Cli prepared = Cli.run("prepare", "--labels", labels, "--audio", audio, "--out", store);
    assertThat(prepared.err()).isEmpty();
    assertThat(prepared.out()).contains("folds: none");
    try (SegmentStore open = SegmentStore.open(store)) {
      assertThat(open.widths().toMap()).containsOnlyKeys(Modality.AUDIO);
      SegmentId first = open.allSegments().info(0).id();
      Object[] show = {"show", "--labels", labels, "--audio", audio, "--json", "--", first};
      assertThat(Cli.run(show).json().at("/id").asText()).isEqualTo(first.toString());
    }
    assertThat(Cli.run("inspect", "--labels", labels, "--audio", audio).out()).contains("COVAREP");

    Cli nothing = Cli.run("inspect", "--labels", labels);
    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.err()).contains("give DATA, a folder or file of features, or --labels and");
  }

  @Test
  void synthWritesEitherLayout() {
    Path gzip = folder.resolve("gzip");
    assertThat(Cli.run("synth", gzip, "--videos", 3, "--pace", 0.1, "--layout", "gzip").status())
        .isZero();
    assertThat(Cli.run("inspect", gzip).out()).contains("chunked").doesNotContain("contiguous");
  }

  @Test
  void corruptEntriesAreSkippedUnlessStrict() {
    Path audio = folder.resolve("damaged.csd");
    CsdWriter.write(
        audio,
        "COVAREP",
        Map.of(),
        writer -> {
          writer.put(new CsdEntry("a", new double[] {0, 1}, new Rows.Floats(2, new float[2])));
          writer.put(new CsdEntry("b", new double[] {0, 1}, new Rows.Floats(3, new float[3])));
        });
    Path labels = folder.resolve("labels.csd");
    CsdWriter.write(
        labels,
        "All Labels",
        Map.of(),
        writer -> {
          for (String video : List.of("a", "b")) {
            writer.put(
                new CsdEntry(video, new double[] {0, 1}, new Rows.Doubles(7, new double[7])));
          }
        });
    Object[] files = {"inspect", "--labels", labels, "--audio", audio};
    Object[] prepare = {
      "prepare", "--out", folder.resolve("x"), "--labels", labels, "--audio", audio
    };

    assertThat(Cli.run(files).out()).contains("entries that cannot be used: 1");
    Cli strict = Cli.run(with(files, "--strict"));
    assertThat(strict.status()).isEqualTo(1);
    assertThat(strict.err()).contains("entry 'b' has width 3, most other entries have width 2");
    assertThat(Cli.run(prepare).out()).contains("entries that cannot be used: 1");
    assertThat(Cli.run(with(prepare, "--strict")).status()).isEqualTo(1);
    Cli dropped = Cli.run(with(prepare, "--incomplete", "drop-segment"));
    assertThat(dropped.status()).isZero();
    assertThat(dropped.out()).contains("omitted because they lack a modality: 1 (b[0])");
    assertThat(Cli.run(with(prepare, "--incomplete", "x")).status()).isEqualTo(2);
  }

  @Test
  void prepareKeepsLargeAndInfiniteValuesIfRequested() {
    Path usual = TinyData.prepare(data, folder.resolve("clipped.store"));
    Path large = folder.resolve("large.store");
    Path again = folder.resolve("large again.store");
    Object[] prepare = {"prepare", data, "--out", large, "--limit", "3.4028234e38"};

    assertThat(Cli.run(with(prepare, "--clip-infinite")).status()).isZero();
    Path choices = folder.resolve("large.data.json");
    assertThat(Cli.run("prepare", "--config", choices, "--out", again).status()).isZero();

    assertThat(largest(usual, Modality.VISUAL)).isEqualTo(10_000);
    assertThat(largest(large, Modality.VISUAL)).isGreaterThan(10_000);
    assertThat(largest(large, Modality.AUDIO)).isEqualTo(Float.MAX_VALUE);
    assertThat(again).hasSameBinaryContentAs(large);
    assertThat(Cli.run(with(prepare, "--overwrite", "--precision", "float16")).err())
        .contains("the text limit must be at most 65504");
  }

  private static float largest(Path file, Modality modality) {
    float largest = 0;
    try (SegmentStore store = SegmentStore.open(file)) {
      SegmentSet all = store.allSegments();
      for (int s = 0; s < all.size(); s++) {
        if (all.info(s).modalities().contains(modality)) {
          for (float value : all.features(s, modality).values()) {
            largest = Math.max(largest, Math.abs(value));
          }
        }
      }
    }
    return largest;
  }

  @Test
  void prepareAndInspectReportTheSameProblems() throws IOException {
    Path folds = Files.createDirectories(folder.resolve("other folds"));
    CsdFolder files = CsdFolder.find(data);
    List<String> videos;
    try (SegmentReader reader =
        SegmentReader.open(files, SampleUnit.SEGMENT, new FaultLog(false))) {
      videos = List.copyOf(reader.videos());
    }
    Files.writeString(folds.resolve("train.txt"), videos.get(0) + ".mp4\nunknown");
    Files.writeString(folds.resolve("valid.txt"), "\ufeff" + videos.get(1) + "[0]");
    Files.writeString(folds.resolve("test.txt"), "'" + videos.get(2) + "'");
    Path store = folder.resolve("other.store");
    Path page = folder.resolve("other.html");
    Object[] inspect = {"inspect", data, "--folds", folds, "--html", page};
    String named = "folds: ids without labels: 1 (unknown)";

    assertThat(Cli.run("prepare", data, "--folds", folds, "--out", store).out()).contains(named);
    assertThat(Cli.run(inspect).out()).contains(named);
    assertThat(Files.readString(page)).contains(named);
    JsonNode coverage = Cli.run(with(inspect, "--json")).json().get("coverage");
    assertThat(coverage.get("omissions").findValuesAsText("text")).contains(named);
    assertThat(Cli.run("inspect", store, "--json").json().get("coverage")).isEqualTo(coverage);

    Files.writeString(folds.resolve("valid.txt"), "unknown too");
    String problem = "the valid split has no segments: none of its ids is a video in";
    Cli prepared = Cli.run("prepare", data, "--folds", folds, "--out", folder.resolve("none"));
    assertThat(prepared.status()).isEqualTo(1);
    assertThat(prepared.err()).contains(problem);
    Cli inspected = Cli.run(inspect);
    assertThat(inspected.status()).isEqualTo(1);
    assertThat(inspected.err()).contains(problem);
    assertThat(inspected.out()).contains("Cannot be prepared: " + problem);
  }

  @Test
  void requiresAFolderWithFiles() throws IOException {
    Path labels = CsdFolder.find(data).labels();
    for (Object command : List.of("inspect", "prepare")) {
      Object[] more =
          command.equals("prepare") ? new Object[] {"--out", folder.resolve("y")} : new Object[0];
      assertThat(Cli.run(with(new Object[] {command, labels}, more)).err())
          .contains("is a file, not a folder; specify the folder that contains the .csd files");
      Path empty = Files.createDirectories(folder.resolve("empty"));
      assertThat(Cli.run(with(new Object[] {command, empty}, more)).err())
          .contains("has no .csd files, nor do its subfolders");
    }
  }

  private static Object[] with(Object[] arguments, Object... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
  }

  @Test
  void showAcceptsAnIdThatStartsWithAHyphen() {
    RawSegment segment = hyphenated();

    Cli shown = Cli.run("show", data, "--json", "--", segment.id());

    JsonNode json = shown.json();
    assertThat(json.get("id").asText()).isEqualTo(segment.id().toString()).startsWith("-");
    assertThat(json.get("start").asDouble()).isEqualTo(segment.start());
    assertThat(json.get("labels").size()).isEqualTo(1 + Emotion.MOSEI.size());
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
      assertThat(open.allSegments().info(0).steps(Modality.AUDIO)).isLessThanOrEqualTo(5);
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
    try (SegmentReader reader = SegmentReader.open(CsdFolder.find(data), SampleUnit.SEGMENT)) {
      String video =
          reader.videos().stream().filter(v -> v.startsWith("-")).findFirst().orElseThrow();
      return reader.read(video).get(0);
    }
  }
}
