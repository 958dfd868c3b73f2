package dev.mer4j.eval.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.benchmark.BenchmarkResult.Row;
import dev.mer4j.eval.benchmark.PredictionFile.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemScoresTest {
  @TempDir Path folder;
  private SegmentSet segments;
  private BenchmarkMasks masks;
  private SystemScores scores;

  @BeforeEach
  void readSegments() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("segments.csv"),
            """
            id,steps.text,steps.audio,label.joy,label.fear
            a[0],3,10,1,0
            a[1],1,,0,1
            b[0],9,30,1,1
            b[1],9,30,,
            """);
    segments = SegmentTable.read(file).get(Split.TEST);
    masks = BenchmarkMasks.of(0, segments, List.of("fixed"));
    scores = new SystemScores(segments.labels());
  }

  private Map<Condition, List<@Nullable Output>> read(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return PredictionFile.read(file, masks, segments.labels());
  }

  private BenchmarkResult score(String name, String text) throws IOException {
    return scores.score(masks, read(name, text), Optional.empty(), List.of());
  }

  @Test
  void decisionsAreScoredByHand() throws IOException {
    BenchmarkResult result =
        score(
            "p.csv",
            """
            condition,id,predicted.joy,predicted.fear
            full,a[0],1,0
            full,a[1],0,1
            full,b[0],1,0
            fixed:text,a[0],1,0
            fixed:text,a[1],1,0
            fixed:text,b[0],0,0
            """);

    Row full = result.rows().get(0);
    // Joy: F1 1; fear: precision 1, recall 1/2, F1 2/3.
    assertThat(full.macroF1()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-15));
    Row text = result.rows().get(1);
    // Joy: precision 1/2, recall 1/2, F1 1/2; fear: 0.
    assertThat(text.macroF1()).isCloseTo(0.25, within(1e-15));
    assertThat(result.drop(text)).isCloseTo(7 / 12.0, within(1e-15));
    // Always both: precision 2/3, recall 1, F1 4/5 for each.
    assertThat(result.constant()).isCloseTo(0.8, within(1e-15));
    assertThat(text.missing()).isCloseTo(3 / 7.0, within(1e-15));
    assertThat(full.averagePrecision()).isNaN();
    assertThat(result.segments()).isEqualTo(3);
    assertThat(result.omitted()).containsExactly("fixed:audio");
    assertThat(result.balance(masks.modalities())).isEmpty();
  }

  @Test
  void jsonLinesAndTablesGiveTheSame() throws IOException {
    BenchmarkResult table =
        score(
            "p.csv",
            """
            id;condition;fear;joy;predicted.joy;predicted.fear
            a[0];full;0.2;0.9;1;0
            a[1];full;0.6;0.3;0;1
            b[0];full;0.1;0.8;1;0
            b[1];full;0.1;0.8;1;0
            """);
    BenchmarkResult lines =
        score(
            "p.jsonl",
            """
            {"condition":"full","id":"a[0]","probabilities":{"joy":0.9,"fear":0.2},"predicted":["joy"]}
            {"condition":"full","id":"a[1]","probabilities":{"joy":0.3,"fear":0.6},"predicted":["fear"]}

            {"condition":"full","id":"b[0]","probabilities":{"joy":0.8,"fear":0.1},"predicted":["joy"]}
            {"condition":"full","id":"b[1]","probabilities":{"joy":0.8,"fear":0.1},"predicted":["joy"]}
            """);

    assertThat(lines).isEqualTo(table);
    // Fear: a[1] is first, b[0] third: (1 + 2/3) / 2. Joy: 1.
    assertThat(lines.rows().get(0).averagePrecision()).isCloseTo((1 + 5 / 6.0) / 2, within(1e-15));
  }

  @Test
  void thresholdsOfEachSetAreFittedOnValidationPredictions() throws IOException {
    Map<Condition, List<@Nullable Output>> outputs =
        read(
            "v.csv",
            """
            condition,id,joy,fear
            full,a[0],0.9,0.1
            full,a[1],0.3,0.9
            full,b[0],0.7,0.5
            fixed:text,a[0],0.4,0.1
            fixed:text,a[1],0.2,0.4
            fixed:text,b[0],0.4,0.2
            """);

    Thresholds fitted = scores.fit(ValidationSplit.of(segments), masks, outputs);

    // Of the thresholds with the best F1, the one closest to 0.5, between two probabilities.
    assertThat(fitted.perEmotion()).containsExactly(0.5, 0.3);
    assertThat(fitted.of(ModalitySet.of(Modality.TEXT)))
        .satisfies(
            text -> {
              assertThat(text.get(0)).isCloseTo(0.3, within(1e-15));
              assertThat(text.get(1)).isCloseTo(0.15, within(1e-15));
            });
    // a[1] has no audio.
    assertThat(fitted.of(ModalitySet.of(Modality.TEXT, Modality.AUDIO)))
        .satisfies(both -> assertThat(both.get(1)).isCloseTo(0.3, within(1e-15)));
    BenchmarkResult result = scores.score(masks, outputs, Optional.of(fitted), List.of());
    assertThat(result.rows()).allSatisfy(row -> assertThat(row.macroF1()).isEqualTo(1));
  }

  @Test
  void thresholdsAreFittedOnTheValidationSplitOnly() throws IOException {
    Map<Condition, List<@Nullable Output>> outputs =
        read("v.csv", "condition,id,joy,fear\nfull,a[0],1,1\nfull,a[1],1,1\nfull,b[0],1,1\n");
    Path file = Files.writeString(folder.resolve("others.csv"), "id,steps.text\nc[0],1\n");
    ValidationSplit others = ValidationSplit.of(SegmentTable.read(file).get(Split.TEST));

    assertThatThrownBy(() -> scores.fit(others, masks, outputs))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("a[0] is not in the validation split");
  }

  @Test
  void probabilitiesRequireThresholds() {
    assertThatThrownBy(
            () ->
                score(
                    "p.csv",
                    "condition,id,joy,fear\nfull,a[0],1,1\nfull,a[1],1,1\nfull,b[0],1,1\n"))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("the predictions have no decisions");
  }

  @Test
  void theFullConditionIsRequired() {
    assertThatThrownBy(
            () ->
                score(
                    "p.csv",
                    """
                    condition,id,predicted.joy,predicted.fear
                    fixed:text,a[0],1,1
                    fixed:text,a[1],1,1
                    fixed:text,b[0],1,1
                    """))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("no predictions for the condition 'full'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,joy,fear/a[0],1,1 | needs the columns condition, id",
        "condition,id/full,a[0] | needs the columns condition, id",
        "condition,id,joy/full,a[0],1 | has no column fear",
        "condition,id,joy,fear | has no predictions",
        "condition,id,joy,fear/frame:0.1,a[0],1,1 | line 2: condition 'frame:0.1' is not one of",
        "condition,id,joy,fear/full,c[0],1,1 | line 2: segment c[0] is not one of",
        "condition,id,joy,fear/full,a,1,1 | line 2: invalid segment id 'a'",
        "condition,id,joy,fear/full,a[0],1,1/full,a[0],1,1 | line 3: segment a[0] occurs twice",
        "condition,id,joy,fear/full,a[0],1.01,1 | line 2: the probability of joy must be in [0, 1]",
        "condition,id,joy,fear/full,a[0],1,nan | line 2: the probability of fear must be in [0, 1]",
        "condition,id,joy,fear/full,a[0],1, | line 2: the probability of fear must be in [0, 1]",
        "condition,id,joy,fear/full,a[0],yes,1 | line 2, column 'joy' is 'yes'",
        "condition,id,joy,fear/full,a[0],1 | line 2 has 3 values",
        "condition,id,predicted.joy,predicted.fear/full,a[0],0.5,1 | line 2: column 'predicted.joy'",
        "condition,id,joy,fear/full,a[0],1,1 | has no prediction for 2 of the labeled segments, such as a[1]"
      })
  void invalidTablesAreRefusedWithTheirLine(String text, String message) {
    assertThatThrownBy(() -> read("p.csv", text.replace('/', '\n') + "\n"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | line 1: needs the texts 'condition' and 'id'",
        "{ | line 1: is not one JSON object",
        "{\"condition\":\"full\",\"id\":\"a[0]\"} | line 1: needs the texts",
        "{\"condition\":1,\"id\":\"a[0]\",\"predicted\":[]} | line 1: needs the texts",
        "{\"condition\":\"full\",\"id\":\"a[0]\",\"predicted\":[\"hate\"]} | line 1: predicts 'hate'",
        "{\"condition\":\"full\",\"id\":\"a[0]\",\"probabilities\":{\"joy\":1,\"fear\":1},\"predicted\":\"joy\"} | line 1: needs the texts",
        "{\"condition\":\"full\",\"id\":\"a[0]\",\"probabilities\":[1,1],\"predicted\":[]} | line 1: needs the texts",
        "{\"condition\":\"full\",\"id\":\"a[0]\",\"probabilities\":{\"joy\":1}} | line 1: has no number for the probability of fear",
        "{\"condition\":\"full\",\"id\":\"a[0]\",\"probabilities\":{\"joy\":\"1\",\"fear\":1}} | line 1: has no number",
        "{\"condition\":\"full\",\"id\":\"a[0]\",\"predicted\":[],\"id\":\"a[1]\"} | line 1: is not one JSON object",
        "{\"condition\":\"full\",\"id\":\"a[0]\",\"predicted\":[]} x | line 1: is not one JSON object"
      })
  void invalidLinesOfJsonAreRefused(String text, String message) {
    assertThatThrownBy(() -> read("p.jsonl", text + "\n"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void linesMustHaveTheSameForm() {
    assertThatThrownBy(
            () ->
                read(
                    "p.jsonl",
                    """
                    {"condition":"full","id":"a[0]","predicted":[]}
                    {"condition":"full","id":"a[1]","probabilities":{"joy":1,"fear":1}}
                    """))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("line 2: probabilities and predicted emotions must be in all lines");
  }

  @Test
  void jsonLinesMayStartWithAByteOrderMark() throws IOException {
    String lines =
        """
        {"condition":"full","id":"a[0]","predicted":["joy"]}
        {"condition":"full","id":"a[1]","predicted":[]}
        {"condition":"full","id":"b[0]","predicted":[]}
        """;

    assertThat(read("marked.jsonl", "\ufeff" + lines)).isEqualTo(read("plain.jsonl", lines));
  }

  @Test
  void decisionsForUnlabeledSegmentsAreRefused() throws IOException {
    Path table = Files.writeString(folder.resolve("u.csv"), "id,steps.text\na[0],3\n");
    masks = BenchmarkMasks.of(0, SegmentTable.read(table).get(Split.TEST), List.of("full"));

    assertThatThrownBy(
            () -> score("p.csv", "condition,id,predicted.joy,predicted.fear\nfull,a[0],1,0\n"))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("none of the segments has labels");
  }

  @Test
  void filesThatCannotBeReadAreNamed() {
    Path absent = folder.resolve("absent.jsonl");

    assertThatThrownBy(() -> PredictionFile.read(absent, masks, segments.labels()))
        .isInstanceOf(FileException.class)
        .hasMessage(absent + ": does not exist");
  }
}
