package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.internal.io.Tensor;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {
  private static final Path GUIDE = Path.of("../docs/model.md");
  private static final Path OLD = Path.of("src/test/resources/torch/attention");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path config;
  private Path tensors;
  private Path digest;

  @BeforeEach
  void saveModel() {
    save(folder, 11);
    config = folder.resolve("config.json");
    tensors = folder.resolve("model.safetensors");
    digest = folder.resolve("model.sha256");
  }

  private static void save(Path folder, long seed) {
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(PerModality.of(Modality.TEXT, 5, Modality.AUDIO, 3))
            .hidden(3)
            .headHidden(4)
            .fusion(new Fusion.Attention(2))
            .seed(seed)
            .build()) {
      model.setStandardization(
          new Standardization(
              PerModality.of(
                  Modality.TEXT,
                  new Standardization.Columns(new double[5], new double[] {1, 2, 3, 4, 5}),
                  Modality.AUDIO,
                  new Standardization.Columns(new double[3], new double[] {1, 2, 3}))));
      model.save(folder, Provenance.UNKNOWN);
    }
  }

  @Test
  void thresholdsOfSetsOfModalitiesAreSaved(@TempDir Path other) {
    Map<ModalitySet, List<Double>> bySet =
        Map.of(
            ModalitySet.of(Modality.TEXT, Modality.AUDIO), List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
            ModalitySet.of(Modality.AUDIO), List.of(0.0, 1.0, 0.25, 0.125, 0.5, 0.75));
    Thresholds thresholds = new Thresholds(Thresholds.HALF.perEmotion(), bySet);
    try (MultimodalModel model = MultimodalModel.load(folder)) {
      assertThat(model.thresholds().bySet()).isEmpty();
      model.setThresholds(thresholds);
      model.save(other, Provenance.UNKNOWN);
    }
    try (MultimodalModel model = MultimodalModel.load(other)) {
      assertThat(model.thresholds()).isEqualTo(thresholds);
      assertThat(model.thresholds().of(ModalitySet.of(Modality.TEXT)))
          .isEqualTo(Thresholds.HALF.perEmotion());
    }
  }

  @Test
  void temperaturesAreSavedAndFoldersWithoutThemLoad(@TempDir Path other) throws IOException {
    Temperatures temperatures =
        new Temperatures(
            Collections.nCopies(6, 1.5),
            Map.of(ModalitySet.of(Modality.AUDIO), List.of(0.1, 1.0, 2.5, 3.0, 1 / 3.0, 20.0)));
    assertThat(config).content().doesNotContain("temperatures");
    try (MultimodalModel model = MultimodalModel.load(folder)) {
      assertThat(model.temperatures()).isEmpty();
      model.setTemperatures(temperatures);
      model.save(other, Provenance.UNKNOWN);
    }
    try (MultimodalModel model = MultimodalModel.load(other)) {
      assertThat(model.temperatures()).contains(temperatures);
    }
    assertThat(other.resolve("model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("model.safetensors"));
  }

  @Test
  void thresholdsOfFormerFoldersLackTheClassNone(@TempDir Path other) throws Exception {
    LabelSet labels = LabelSet.singleLabel(TieRule.NONE_CLASS);
    try (MultimodalModel model =
        MultimodalModel.builder().input(Modality.TEXT, 2).hidden(2).labels(labels).build()) {
      model.save(other, Provenance.UNKNOWN);
    }
    Path saved = other.resolve("config.json");
    String text = Files.readString(saved);
    String former = text.replaceFirst("0\\.5, ", "");
    assertThat(former).isNotEqualTo(text);
    Files.writeString(saved, former);
    new ModelDigest(other).write();

    try (MultimodalModel model = MultimodalModel.load(other)) {
      assertThat(model.thresholds()).isEqualTo(Thresholds.half(7));
    }
  }

  @Test
  void interruptedThreadSavesAndLoads() {
    Path other = folder.resolve("other");
    Thread.currentThread().interrupt();
    save(other, 12);
    save(other, 11);
    MultimodalModel.load(other).close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(other.resolve("model.sha256")).hasSameTextualContentAs(digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "model.sha256"})
  void loadingDetectsEveryFlippedBit(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] good = Files.readAllBytes(file);
    // Only the digits of the digest; a space and a name follow.
    int length = name.equals("model.sha256") ? 64 : good.length;
    for (int at = 0; at < length; at += 1 + length / 50) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 << at % 5);
      Files.write(file, bad);
      assertRefused("byte " + at);
    }
  }

  @ParameterizedTest
  @CsvSource({"thresholds, 0.5, 0.6", "settings, 0.3, 0.4", "settings, leave_out, first_column"})
  void changedSettingIsRefusedWithTheCommandThatAcceptsIt(String what, String old, String other)
      throws Exception {
    String text = Files.readString(config);
    Files.writeString(config, text.replaceFirst(Pattern.quote(old), other));
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .as(what)
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(digest + ": SHA-256 mismatch: expected ")
        .hasMessageEndingWith("run in this folder: " + ModelDigest.COMMAND);
    run(ModelDigest.COMMAND);
    MultimodalModel.load(folder).close();
  }

  @Test
  void deletedDigestIsReported() throws IOException {
    Files.delete(digest);
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(digest + ": no such file; ");
  }

  @Test
  void documentedCommandsComputeAndCheckTheDigest() throws Exception {
    Matcher commands =
        Pattern.compile("```sh\n(cat config.json [^\n]*)\n```").matcher(Files.readString(GUIDE));
    List<String> found = new ArrayList<>();
    while (commands.find()) {
      found.add(commands.group(1));
    }
    assertThat(found).hasSize(2).contains(ModelDigest.COMMAND);
    String written = Files.readString(digest);
    for (String command : found) {
      run(command);
      assertThat(digest).hasContent(written);
    }
  }

  @Test
  void acceptsTensorsOfAnotherProgramOnceTheirDigestIsWritten() throws Exception {
    Path other = folder.resolve("other");
    save(other, 12);
    List<Tensor> reversed =
        new ArrayList<>(Safetensors.read(other.resolve("model.safetensors")).values());
    Collections.reverse(reversed);
    Safetensors.write(ModelOutputs.tensors(folder), reversed);
    assertRefused("other tensors");
    run(ModelDigest.COMMAND);
    try (MultimodalModel loaded = MultimodalModel.load(folder);
        MultimodalModel expected = MultimodalModel.load(other)) {
      assertThat(loaded.parameters().values()).isEqualTo(expected.parameters().values());
    }
  }

  @Test
  void folderOfFormat1LoadsWithItsOwnCheck() throws IOException {
    for (String name : List.of("config.json", "model.safetensors", "provenance.json")) {
      Files.copy(OLD.resolve(name), Files.createDirectories(folder.resolve("old")).resolve(name));
    }
    MultimodalModel.load(folder.resolve("old")).close();
    Files.write(
        folder.resolve("old/config.json"),
        Files.readString(config)
            .replace("\"format\" : 2", "\"format\" : 1")
            .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> MultimodalModel.load(folder.resolve("old")))
        .isInstanceOf(FileException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":{\"hidden\":4096,\"inputs\":{\"text\":65536,\"audio\":65536}}}",
        "{\"model\":{\"hidden\":4096}}",
        "{\"model\":{\"hidden\":-1}}",
        "{\"model\":{\"hidden\":1e99}}",
        "{\"model\":{\"headHidden\":65536}}",
        "{\"model\":{\"fusion\":{\"kind\":\"attention\",\"width\":2147483647}}}",
        "{\"model\":{\"fusion\":{\"kind\":\"attention\",\"width\":0}}}",
        "{\"model\":{\"fusion\":{\"kind\":\"magic\"}}}",
        "{\"model\":{\"fusion\":{\"kind\":\"additive\"}}}",
        "{\"model\":{\"fusion\":{\"kind\":\"additive\",\"order\":3}}}",
        "{\"model\":{\"fusion\":null}}",
        "{\"model\":{\"inputs\":{}}}",
        "{\"model\":{\"inputs\":{\"text\":null}}}",
        "{\"model\":{\"inputs\":{\"text\":2147483647}}}",
        "{\"model\":{\"labels\":null}}",
        "{\"model\":null}",
        "{\"thresholds\":null}",
        "{\"thresholds\":{\"perEmotion\":[]}}",
        "{\"thresholds\":{\"perEmotion\":[null,0,0,0,0,0]}}",
        "{\"thresholds\":{\"bySet\":{\"text\":[0.5]}}}",
        "{\"thresholds\":{\"bySet\":{\"text\":null}}}",
        "{\"thresholds\":{\"bySet\":{\"text+\":[0,0,0,0,0,0]}}}",
        "{\"thresholds\":{\"bySet\":{\"text\":[0,0,0,0,0,2]}}}",
        "{\"format\":0}",
        "{\"format\":null}",
        "{\"format\":3}",
        "{\"more\":1}"
      })
  void refusesInvalidSettingsWithCorrectDigest(String change) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(config.toFile());
    merge(json, JSON.readTree(change));
    Files.writeString(config, json.toString());
    new ModelDigest(folder).write();
    assertRefused(change);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1})
  void refusesInvalidScaleWithCorrectDigest(float scale) {
    List<Tensor> changed = new ArrayList<>();
    for (Tensor tensor : Safetensors.read(tensors).values()) {
      float[] values = tensor.values().clone();
      if (tensor.name().equals("standardization.text.scale")) {
        values[2] = scale;
      }
      changed.add(new Tensor(tensor.name(), tensor.shape(), values));
    }
    Safetensors.write(ModelOutputs.tensors(folder), changed);
    new ModelDigest(folder).write();
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(tensors + ": standardization: column 2 has");
  }

  @Test
  void randomBytesWithCorrectDigestThrowFileException() throws IOException {
    Random random = new Random(5);
    for (int trial = 0; trial < 150; trial++) {
      Path file = trial % 2 == 0 ? config : tensors;
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      for (int flips = 0; flips <= random.nextInt(4); flips++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, trial % 5 == 0 ? Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
      new ModelDigest(folder).write();
      try {
        MultimodalModel.load(folder).close();
      } catch (FileException e) {
        assertThat(e).hasMessageStartingWith(folder.toString());
      }
      Files.write(file, good);
    }
  }

  private void assertRefused(String what) {
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .as(what)
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(folder.toString());
  }

  private void run(String command) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
  }

  private static void merge(ObjectNode target, JsonNode change) {
    for (Map.Entry<String, JsonNode> field : change.properties()) {
      boolean inner = field.getValue().isObject() && !field.getValue().isEmpty();
      if (inner && target.get(field.getKey()) instanceof ObjectNode old) {
        merge(old, field.getValue());
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }
}
