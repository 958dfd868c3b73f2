package dev.mer4j.data.source.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.source.dataset.ArrayOptions;
import dev.mer4j.data.source.dataset.TableColumns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Odd values are an error that names them, or are counted and named. */
final class OddInputTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void unpack() {
    SourceForms.unpack(folder);
  }

  private static FeatureSource find(Path data, String... labels) {
    TableColumns columns = new TableColumns(List.of(labels), null, null);
    return FeatureSources.find(
        data, new SourceOptions(null, PerModality.of(), new ArrayOptions(false, true, columns)));
  }

  private static FeatureSource pickle(String name, String... labels) {
    return find(folder.resolve("odd/" + name + ".pkl"), labels);
  }

  private static List<String> notes(FeatureSource source) {
    return source.notes().stream().map(SourceNote::text).toList();
  }

  private static EmotionScores scores(FeatureSource source, String video, int index) {
    try (SourceReader reader = source.open(SampleUnit.SEGMENT, FaultPolicy.STRICT)) {
      return reader.read(new SegmentId(video, index)).scores();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "only-rank-4 | train/audio is a float32 array [3, 1, 2, 2]",
        "only-rank-4 | these themselves: an array [N, T, D] or [N, D], or a list of N arrays [T, D]",
        "rank-4-in-one-split | train/audio is a float32 array [3, 1, 2, 2], valid/audio has [3, 2, 2]",
        "split-without-features | has a split without features: test is a dict of 1; features are an",
        "transposed-labels | train/labels is a float64 array [6, 3], the features have 3 segments",
        "lengths-that-are-lists | train/text_lengths is a list of 3, expected one number for each",
        "classes-of-rank-0 | train/labels has one number for each segment, which is not certain",
        "none-in-labels | train/labels is a list of 3, item 1 is None; labels are an array or a list",
        "empty-id | train/id: segment 1 has the id '', expected 1 to 4096 characters without control",
        "blank-id | train/id: segment 2 has the id ' \ufffd', expected 1 to 4096 characters",
        "newline-id | train/id: segment 1 has the id 'b\ufffdc', expected 1 to 4096 characters",
        "long-id | train/id: segment 2 has the id 'cccccccccccccccccccccccccccccccccccccccccccccccccccc",
        "self | train/me: unsupported: a self-reference to train",
        "fraction-in-target | train/tgt/1 is a list of 3: it contains 4.5, expected one of",
        "one-number-for-two-labels | dict/tgt has the number 4 for 'Happy' and for 'Sad'",
        "fraction-dialogue | 1/Ses02 has the label 1.5, expected a whole number from 0 to 63",
      })
  void whatCannotBeReadIsNamed(String name, String problem) {
    assertThatThrownBy(() -> pickle(name))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(name + ".pkl: ")
        .hasMessageContaining(problem);
  }

  @Test
  void arraysOfAnotherRankAreListedWithTheirShape() {
    assertThat(notes(pickle("rank-4")))
        .contains(
            "keys not read, expected an array [N, T, D] or [N, D], or a list of N arrays [T, D]: 1"
                + " (train/audio is a float32 array [3, 1, 2, 2])");
  }

  @Test
  void distinctIntegersAreIds() {
    assertThat(scores(pickle("integer-ids"), "5", 0).isLabeled()).isFalse();
    assertThat(notes(pickle("equal-integers-as-ids")))
        .contains("keys not read: 1 (train/id)")
        .anyMatch(note -> note.startsWith("There are no ids of segments"));
  }

  @Test
  void noDigitOfAnIdIsLost() {
    try (SourceReader reader =
        pickle("huge-integers-as-ids").open(SampleUnit.SEGMENT, FaultPolicy.STRICT)) {
      assertThat(reader.videos())
          .startsWith("9007199254740993", "9007199254740992", "9223372036854775808");
    }
  }

  @Test
  void lengthsMayBeArraysOfRank0() {
    try (SourceReader reader =
        pickle("lengths-of-rank-0").open(SampleUnit.SEGMENT, FaultPolicy.STRICT)) {
      assertThat(reader.read(new SegmentId("train0", 0)).rows().get(Modality.TEXT).count()).isOne();
      assertThat(reader.read(new SegmentId("train2", 0)).rows().has(Modality.TEXT)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nan-sentiment, '1 (train1[0])', ''",
    "infinite-sentiment, '1 (train1[0])', ''",
    "nan-emotion, '3 (train1[0], valid1[0], test1[0])', ''",
    "nan-class, '3 (train1[0], valid1[0], test1[0])', 'low,high'",
    "nan-pair, '3 (train1[0], valid1[0], test1[0])', ''",
    "nan-dialogue, '1 (Ses02[1])', 'a,b,c,d,e,f'",
  })
  void labelsThatAreNotFiniteAreCountedAndNamed(String name, String names, String labels) {
    FeatureSource source = pickle(name, labels.isEmpty() ? new String[0] : labels.split(",", -1));

    assertThat(notes(source)).contains("labels: segments with NaN or infinite labels: " + names);
  }

  @Test
  void aNanClassIsNoLabel() {
    FeatureSource source = pickle("nan-class", "low", "high");

    assertThat(scores(source, "train1", 0).isLabeled()).isFalse();
    assertThat(scores(source, "train2", 0).of(1)).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,joy;a,1;b,nan;c,0 | joy,other | labels: segments with NaN or infinite labels: 1 (b[0])",
        "id,mood;a,joy;b,NaN;c,calm | mood | labels: segments with NaN or infinite labels: 1 (b[0])",
        "id,mood;a,1;b,-inf;c,0 | mood,other | labels: segments with NaN or infinite labels: 1 (b[0])",
        "id,mood;a,1;b,;c,0 | mood,other | labels: segments without labels in the file: 1 (b[0])",
        "id,sentiment;a,1;b,?;c,0 | | labels: segments with a NaN or infinite sentiment: 1 (b[0])",
      })
  void cellsThatAreNotFiniteAreCountedAndNamed(String table, String label, String note)
      throws IOException {
    FeatureSource source = find(table(table), label == null ? new String[0] : label.split(",", -1));

    assertThat(notes(source)).contains(note);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,video;a,a;b,;c,c | line 3, column 'video' is '', expected 1 to 4096 characters",
        "id;a;\u0001;c | line 3, column 'id' is '\ufffd', expected the name of a segment, 1 to 4096",
        "id,group;a,x;b,\u0002;c,x | line 3, column 'group' is '\ufffd', expected 1 to 4096 characters",
      })
  void namesInATableThatAreNoneAreRefused(String table, String problem) throws IOException {
    Path data = table(table);
    assertThatThrownBy(() -> find(data))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("segments.csv: " + problem);
  }

  @Test
  void aTableInUtf16IsReadAndOneInLatin1IsRefused() throws IOException {
    Path data = table("id;a;b;c");
    Path file = data.resolve("segments.csv");
    String text = Files.readString(file);
    Files.write(file, text.getBytes(StandardCharsets.UTF_16));
    assertThat(find(data).labels()).isEqualTo(file);
    Files.write(file, (text + "\u00e9,0\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> find(data))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("is not text in UTF-8; save the table in UTF-8");
  }

  /**
   * Writes a table, with a column {@code other} of zeros, beside the features of three segments.
   */
  private static Path table(String text) throws IOException {
    Path data = Files.createTempDirectory(folder, "table");
    String[] lines = text.split(";", -1);
    StringBuilder table = new StringBuilder(lines[0]).append(",other\n");
    for (int i = 1; i < lines.length; i++) {
      table.append(lines[i]).append(",0\n");
    }
    Files.writeString(data.resolve("segments.csv"), table);
    Path single = folder.resolve("single/text");
    Path text3 = Files.createDirectory(data.resolve("text"));
    for (String name : List.of("a", "b", "c")) {
      Files.copy(single.resolve(name + "[0].npy"), text3.resolve(name + ".npy"));
    }
    return data;
  }
}
