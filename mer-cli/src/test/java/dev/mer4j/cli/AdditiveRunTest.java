package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.report.SegmentPicture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with additive fusion. */
class AdditiveRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Path store;
  private static Path config;
  private static Path run;
  private static String id;

  @BeforeAll
  static void train() throws IOException {
    store = TinyData.prepare(TinyData.write(folder.resolve("data")), folder.resolve("store"));
    config = TinyData.config(folder.resolve("tiny.json"));
    run = folder.resolve("run");
    Cli trained =
        Cli.run("train", store, "--out", run, "--config", config, "--fusion", "additive:2");
    assertThat(trained.err()).isEmpty();
    Path lines = folder.resolve("all.jsonl");
    Cli.run("predict", run, store, "--out", lines);
    id = JSON.readTree(Files.readAllLines(lines).get(0)).get("id").asText();
  }

  @Test
  void configurationRepeatsTheRun() throws IOException {
    Path written = run.resolve("config.json");
    JsonNode fusion = JSON.readTree(written.toFile()).at("/model/fusion");
    assertThat(fusion.toString()).isEqualTo("{\"kind\":\"additive\",\"order\":2}");

    Path again = folder.resolve("again");
    assertThat(Cli.run("train", store, "--out", again, "--config", written).status()).isZero();
    assertThat(again.resolve(TinyRun.TENSORS)).hasSameBinaryContentAs(run.resolve(TinyRun.TENSORS));
  }

  @Test
  void resumedRunHasTheSameModel() {
    Path parts = folder.resolve("parts");
    Cli.run("train", store, "--out", parts, "--config", run.resolve("config.json"), "--epochs", 1);
    Cli resumed = Cli.run("train", store, "--out", parts, "--resume", "--epochs", 2);
    assertThat(resumed.err()).isEmpty();
    assertThat(parts.resolve(TinyRun.TENSORS)).hasSameBinaryContentAs(run.resolve(TinyRun.TENSORS));
  }

  @Test
  void explainShowsTermsThatSumToTheLogit() {
    JsonNode json = Cli.run("explain", run, store, "--json", "--", id).json();
    double sum = json.at("/contributions/bias/sad").asDouble();
    for (JsonNode term : json.at("/contributions/terms")) {
      sum += term.get("sad").asDouble();
    }
    assertThat(sum).isCloseTo(json.at("/logits/sad").asDouble(), within(1e-12));
    assertThat(json.at("/contributions/relative_to_training_mean/text+audio")).hasSize(6);

    Cli printed = Cli.run("explain", run, store, "--", id);
    assertThat(printed.out())
        .contains("Terms, whose sum is the logit:")
        .contains("The same terms relative to their training means:")
        .containsPattern("text\\+visual( +[+-][0-9.]{5}){6}");
  }

  @Test
  void explainDrawsAPictureButReplacesNothingElse() throws IOException {
    Path picture = folder.resolve("segment.png");
    assertThat(Cli.run("explain", run, store, "--picture", picture, "--", id).err()).isEmpty();
    assertThat(SegmentPicture.MARK.isOn(picture)).isTrue();
    assertThat(Cli.run("explain", run, store, "--picture", picture, "--", id).status()).isZero();

    Path foreign = TinyData.text(folder.resolve("foreign.png"), "a photo");
    Cli refused = Cli.run("explain", run, store, "--picture", foreign, "--", id);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("foreign.png: exists, and is not an earlier output");
    assertThat(foreign).hasContent("a photo");
  }

  @Test
  void explainShowsWhatEachTwentiethAdds() throws IOException {
    Path picture = folder.resolve("timeline.png");
    Path bars = folder.resolve("bars.png");
    Cli.run("explain", run, store, "--picture", bars, "--", id);
    Cli printed = Cli.run("explain", run, store, "--timeline", "--picture", picture, "--", id);
    assertThat(printed.err()).isEmpty();
    assertThat(printed.out())
        .contains("Columns of modalities are Shapley values")
        .contains("emotion   modality  twentieth  from (s)  to (s)  steps   added")
        .containsPattern("fear +[a-z]+ +[0-9]+ +[0-9.]+ +[0-9.]+ +[0-9]+ +[+-][0-9.]+");
    assertThat(SegmentPicture.MARK.isOn(picture)).isTrue();
    assertThat(Files.mismatch(picture, bars)).isNotNegative();

    JsonNode json = Cli.run("explain", run, store, "--timeline", "--json", "--", id).json();
    JsonNode timeline = json.get("timeline");
    assertThat(timeline.get("end").asDouble()).isGreaterThan(timeline.get("start").asDouble());
    for (String modality : json.get("shapley").properties().stream().map(Entry::getKey).toList()) {
      JsonNode steps = timeline.at("/steps/" + modality);
      JsonNode added = timeline.at("/added/" + modality + "/sad");
      assertThat(steps).hasSize(20);
      assertThat(added).hasSize(20);
      for (int part = 0; part < 20; part++) {
        assertThat(added.get(part).isNull()).isEqualTo(steps.get(part).asInt() == 0);
      }
    }
  }

  /** The words are those of src/test/python/tiny_words.py: w0, w1, … of 0.1 s each. */
  @Test
  void explainShowsTheWordsOfTheSegment() throws IOException {
    Path words = folder.resolve("words.csd");
    try (InputStream in = AdditiveRunTest.class.getResourceAsStream("words.csd")) {
      Files.write(words, in.readAllBytes());
    }
    JsonNode timeline =
        Cli.run("explain", run, store, "--timeline", "--words", words, "--json", "--", id)
            .json()
            .get("timeline");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double start = (float) (i / 10.0);
      double end = (float) (i / 10.0 + 0.1);
      if (start < timeline.get("end").asDouble() && end > timeline.get("start").asDouble()) {
        expected.add("w" + i);
      }
    }
    assertThat(expected).hasSizeGreaterThan(2);
    assertThat(timeline.get("words"))
        .extracting(word -> word.get("word").asText())
        .isEqualTo(expected);

    Path picture = folder.resolve("words.png");
    Path without = folder.resolve("no-words.png");
    Cli.run("explain", run, store, "--timeline", "--picture", without, "--", id);
    Cli printed =
        Cli.run(
            "explain", run, store, "--timeline", "--words", words, "--picture", picture, "--", id);
    assertThat(printed.err()).isEmpty();
    assertThat(printed.out()).contains("  words", expected.get(0));
    assertThat(Files.mismatch(picture, without)).isNotNegative();

    Path found = Files.copy(words, folder.resolve("data/words.csd"));
    Cli raw = Cli.run("explain", run, folder.resolve("data"), "--timeline", "--", id);
    Files.delete(found);
    assertThat(raw.out()).contains("  words", expected.get(0));
  }

  @Test
  void aFileWithoutTheWordsIsReported() {
    Path words = folder.resolve("data/CMU_MOSEI_Labels.csd");
    Cli numbers = Cli.run("explain", run, store, "--timeline", "--words", words, "--", id);
    assertThat(numbers.status()).isEqualTo(1);
    assertThat(numbers.err()).contains("CMU_MOSEI_Labels.csd", "expected words");
    Cli alone = Cli.run("explain", run, store, "--words", words, "--", id);
    assertThat(alone.status()).isEqualTo(2);
    assertThat(alone.err()).contains("--words requires --timeline");
  }

  @Test
  void evaluateReportsTheTerms() {
    Cli evaluated = Cli.run("evaluate", run, store);
    assertThat(evaluated.out()).contains("Terms\n-----", "text+audio");
    assertThat(run.resolve("report/terms.png")).isNotEmptyFile();
  }

  @Test
  void exportHasTheTensorsAndTheirMeans() throws IOException {
    Path out = folder.resolve("best.safetensors");
    Cli exported = Cli.run("export", run, "--to", "safetensors", "--out", out);
    assertThat(exported.status()).isZero();
    assertThat(Files.readString(out, StandardCharsets.ISO_8859_1))
        .contains("\"fusion.terms.text+audio.3.weight\"", "\"term_means.audio+visual\"");
  }

  @Test
  void unknownFusionIsAUsageError() {
    Path out = folder.resolve("none");
    Cli refused = Cli.run("train", store, "--out", out, "--fusion", "product");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "'product' is not a fusion: concat, attention, attention-sum, additive or"
                + " additive:ORDER");
    Cli above = Cli.run("train", store, "--out", out, "--config", config, "--fusion", "additive:4");
    assertThat(above.status()).isEqualTo(2);
    assertThat(above.err()).contains("additive fusion of order 4 requires at least 4 modalities");
  }
}
