package dev.mer4j.data.source.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.coverage.Omission;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.inspect.Inspection;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.source.dataset.ArrayOptions;
import dev.mer4j.data.source.dataset.PositiveRule;
import dev.mer4j.data.source.dataset.TableColumns;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.store.StoreInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeatureSourcesTest {
  private static final SourceOptions TRIMMED =
      new SourceOptions(null, PerModality.of(), new ArrayOptions(true, true));

  @TempDir Path folder;

  @BeforeEach
  void unpack() {
    SourceForms.unpack(folder);
  }

  private StoreInfo prepare(String form, SourceOptions options, Path store) {
    FeatureSource source = FeatureSources.find(folder.resolve(form), options);
    return Preparation.builder(source).strict(true).build().run(store);
  }

  @ParameterizedTest
  @CsvSource({"npy", "npz", "safetensors", "single", "tables", "multibench.pkl"})
  void labelsAreThoseOfTheTable(String form) {
    try (SourceReader reader = open(form)) {
      RawSegment first = reader.read(new SegmentId("a", 0));
      assertThat(first.scores().sentiment()).isBetween(-3f, 3f);
      assertThat(Emotion.MOSEI.stream().mapToDouble(first.scores()::of).sum()).isPositive();
    }
  }

  private SourceReader open(String form) {
    return FeatureSources.find(folder.resolve(form), SourceOptions.NONE)
        .open(SampleUnit.SEGMENT, FaultPolicy.STRICT);
  }

  @Test
  void anAbsentModalityHasNoRows() {
    try (SourceReader reader = open("mmsa.pkl")) {
      assertThat(reader.read(new SegmentId("b", 1)).rows().modalities())
          .containsExactly(Modality.TEXT, Modality.VISUAL);
    }
  }

  @Test
  void emotionsAreJoinedToAFileOfSentiments() {
    List<CsdEntry> labels = new ArrayList<>();
    try (SourceReader reader = open("npy")) {
      for (String video : reader.videos()) {
        List<RawSegment> segments = reader.read(video);
        double[] values = new double[7 * segments.size()];
        double[] intervals = new double[2 * segments.size()];
        for (int i = 0; i < segments.size(); i++) {
          // The rows are in the reverse order of time.
          RawSegment segment = segments.get(segments.size() - 1 - i);
          intervals[2 * i] = segment.start();
          intervals[2 * i + 1] = segment.end();
          values[7 * i] = segment.scores().sentiment();
          for (Emotion emotion : Emotion.MOSEI) {
            int column = 1 + Emotion.MOSEI.indexOf(emotion);
            values[7 * i + column] = segment.scores().of(emotion);
          }
        }
        labels.add(new CsdEntry(video, intervals, new Rows.Doubles(7, values)));
      }
    }
    Path file = folder.resolve("Labels.csd");
    CsdWriter.write(file, "All Labels", Map.of(), writer -> labels.forEach(writer::put));
    SourceOptions options = new SourceOptions(file, PerModality.of(), ArrayOptions.DEFAULT);
    FeatureSource source = FeatureSources.find(folder.resolve("mmsa.pkl"), options);
    assertThat(source.files()).contains(file);
    try (SourceReader joined = source.open(SampleUnit.SEGMENT, FaultPolicy.STRICT);
        SourceReader truth = open("npy")) {
      for (String video : truth.videos()) {
        for (RawSegment segment : truth.read(video)) {
          assertThat(joined.read(segment.id()).scores()).isEqualTo(segment.scores());
        }
      }
    }
  }

  @Test
  void whatIsDroppedIsCountedAndNamed() {
    StoreInfo tables = prepare("tables", SourceOptions.NONE, folder.resolve("t.store"));
    assertThat(tables.coverage().omissions())
        .extracting(Omission::text)
        .contains(
            "visual: rows dropped because of their success or confidence: 33, of 4 (a, b, c, d)");
    StoreInfo padded = prepare("mmsa.pkl", SourceOptions.NONE, folder.resolve("p.store"));
    assertThat(padded.coverage().omissions())
        .extracting(Omission::text)
        .anyMatch(
            text -> text.startsWith("audio: rows of padding, beyond the lengths that the file"));
    StoreInfo trimmed = prepare("multibench.pkl", TRIMMED, folder.resolve("m.store"));
    assertThat(trimmed.coverage().omissions())
        .extracting(Omission::text)
        .anyMatch(text -> text.startsWith("audio: all-zero rows removed at the start or end"));
  }

  @Test
  void aFileIsInspectedInAnyForm() {
    for (String form : List.of("mmsa.pkl", "carat.pt", "npz", "single", "tables")) {
      FeatureSource source = FeatureSources.find(folder.resolve(form), TRIMMED);
      Inspection inspection = Inspection.of(source, source.folds(), 300, (done, total) -> {});
      assertThat(inspection.labels().segments()).isEqualTo(9);
      assertThat(inspection.features().get(Modality.AUDIO).rows()).isPositive();
    }
  }

  @Test
  void otherFoldsReplaceThoseOfTheFile() throws IOException {
    for (String split : List.of("train a", "valid b", "test c d")) {
      Files.writeString(
          folder.resolve(split.substring(0, split.indexOf(' ')) + ".txt"),
          split.substring(split.indexOf(" ") + 1).replace(" ", "\n"));
    }
    SourceOptions options =
        new SourceOptions(null, PerModality.of(), new ArrayOptions(false, false));
    FeatureSource source = FeatureSources.find(folder.resolve("mmsa.pkl"), options);
    StoreInfo info =
        Preparation.builder(source)
            .folds(Folds.read(folder))
            .build()
            .run(folder.resolve("x.store"));
    assertThat(info.segments()).isEqualTo(Map.of(Split.TRAIN, 3, Split.VALID, 2, Split.TEST, 4));
  }

  @Test
  void aColumnOfNamesGivesOwnLabelsAndGroups() throws IOException {
    StringBuilder table = new StringBuilder("id,split,emotion,speaker\n");
    String[] rows = {"joy,x", "anger,y", ",x", "joy,x", "neutral,y", "joy,z", "anger,z", "joy,w"};
    String[] splits = {"train", "train", "train", "train", "dev", "dev", "dev", "test", "test"};
    for (int i = 0; i < splits.length; i++) {
      table.append("a").append(i).append("[0],").append(splits[i]).append(',');
      table.append(i < rows.length ? rows[i] : "anger,w").append('\n');
    }
    Path data = Files.createDirectory(folder.resolve("own"));
    Files.writeString(data.resolve("segments.csv"), table);
    Files.copy(folder.resolve("npy/text.npy"), data.resolve("text.npy"));
    ArrayOptions arrays =
        new ArrayOptions(false, true, new TableColumns(List.of("emotion"), "speaker", null));
    Path store = folder.resolve("own.store");
    SourceOptions options = new SourceOptions(null, PerModality.of(), arrays);
    StoreInfo info = prepare("own", options, store);

    assertThat(info.labels()).isEqualTo(Emotion.listOf("anger", "joy", "neutral"));
    try (SegmentStore open = SegmentStore.open(store)) {
      SegmentSet all = open.allSegments();
      assertThat(all.info(0).scores().present(Emotion.of("joy"))).isTrue();
      assertThat(all.info(0).group()).isEqualTo("x");
      assertThat(all.info(2).scores().isLabeled()).isFalse();
    }
    FeatureSource source = FeatureSources.find(data, options);
    assertThat(Inspection.of(source, source.folds(), 300, (done, total) -> {}).labels().present())
        .containsEntry(Emotion.of("joy"), 4);
  }

  @Test
  void aRuleSaysWhichNumbersArePositive() throws IOException {
    Path data = Files.createDirectory(folder.resolve("own"));
    StringBuilder table = new StringBuilder("id,calm,tense\n");
    for (int i = 0; i < 9; i++) {
      table.append("a").append(i).append("[0],").append(i).append(",").append(-i).append('\n');
    }
    Files.writeString(data.resolve("segments.csv"), table);
    Files.copy(folder.resolve("npy/text.npy"), data.resolve("text.npy"));
    TableColumns columns =
        new TableColumns(List.of("calm", "tense"), null, PositiveRule.parse(">= 4"));
    SourceOptions options =
        new SourceOptions(null, PerModality.of(), new ArrayOptions(false, true, columns));
    try (SourceReader reader =
        FeatureSources.find(data, options).open(SampleUnit.SEGMENT, FaultPolicy.STRICT)) {
      assertThat(reader.read(new SegmentId("a3", 0)).scores().none()).isTrue();
      assertThat(reader.read(new SegmentId("a4", 0)).scores().of(Emotion.of("calm"))).isOne();
    }
  }

  @Test
  void wholeVideosCannotBeMadeOfSegments() {
    FeatureSource source = FeatureSources.find(folder.resolve("npy"), SourceOptions.NONE);
    assertThatThrownBy(() -> source.open(SampleUnit.VIDEO, FaultPolicy.STRICT))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("the unit can only be segment");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a[0],a,0,9,train|has 3 segments, the table of segments has 1 rows",
        "a[0],a,0,9,training set|line 2, column 'split' is 'training set', expected train, valid,",
        "a[0],a,x,9,train|line 2, column 'start' is 'x', expected a number",
        "a[0],a,9,1,train|line 2, column 'end' is '1', expected seconds after the start, 9",
        "a[0],a,0,9|line 2 has 4 values, there are 5 columns",
        ",a,0,9,train|line 2, column 'id' is '', expected the name of a segment",
      })
  void aTableThatCannotBeUsedIsOneClearError(String row, String problem) throws IOException {
    Path data = Files.createDirectory(folder.resolve("bad"));
    Files.writeString(data.resolve("segments.csv"), "id,video,start,end,split\n" + row + "\n");
    Files.copy(folder.resolve("npy/text.npy"), data.resolve("text.npy"));
    assertThatThrownBy(() -> prepare("bad", SourceOptions.NONE, folder.resolve("x.store")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(problem.replace("has 3", "has 9"));
  }

  @Test
  void twoSegmentsOfOneNameAreAnError() throws IOException {
    Path data = Files.createDirectory(folder.resolve("bad"));
    Files.writeString(data.resolve("segments.csv"), "id\na[0]\na[0]\n");
    Files.copy(folder.resolve("npy/text.npy"), data.resolve("text.npy"));
    assertThatThrownBy(() -> prepare("bad", SourceOptions.NONE, folder.resolve("x.store")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("two segments are called 'a[0]': none 0 and none 1");
  }
}
