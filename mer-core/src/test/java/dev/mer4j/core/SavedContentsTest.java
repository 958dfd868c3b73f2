package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.core.ModelFolder.Contents;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the two readers of {@code config.json}. */
class SavedContentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KEYS =
      List.of("format", "text", "width", "order", "pooling", "bySet", "temperatures", "unknown");
  private static final List<String> VALUES =
      List.of(
          "0",
          "2",
          "-1",
          "0.5",
          "1e99",
          "9223372036854775807",
          "1e400",
          "true",
          "null",
          "\"\"",
          "\"2\"",
          "\"attention\"",
          "\"leave-out\"",
          "\"packed\"",
          "\"text\"",
          "{}",
          "[]",
          "[0.5,1]",
          "{\"kind\":\"additive\",\"order\":1}",
          "{\"audio+text\":[0.5,0.25]}");

  @TempDir Path folder;

  static Stream<Contents> contents() {
    PerModality<Integer> inputs = PerModality.of(Modality.TEXT, 5, Modality.of("face"), 65536);
    List<Fusion> fusions =
        List.of(
            Fusion.concatenation(), Fusion.attention(), Fusion.attentionSum(), Fusion.additive(2));
    List<LabelSet> labels =
        List.of(
            LabelSet.MULTI_LABEL,
            LabelSet.multiLabel(Emotion.listOf("calm", "not calm")).withThreshold(0.1f),
            new LabelSet(Emotion.MOSEI, Task.SINGLE_LABEL, 1e-30f, TieRule.NONE_CLASS),
            LabelSet.singleLabel(TieRule.FIRST_COLUMN));
    Map<ModalitySet, List<Double>> bySet =
        Map.of(
            ModalitySet.of(Modality.TEXT), List.of(0.0, 1 / 3.0),
            ModalitySet.parse("text,face"), List.of(1e-300, 1.0));
    List<Contents> contents = new ArrayList<>();
    for (Fusion fusion : fusions) {
      for (LabelSet set : labels) {
        boolean first = contents.size() % 2 == 0;
        ModelConfig config =
            ModelConfig.builder()
                .inputs(inputs)
                .pooling(first ? Pooling.LAST : Pooling.ATTENTION)
                .fusion(fusion)
                .headDropout(first ? 0 : 0.1)
                .labels(set)
                .paddedBatch(first ? 0 : 16)
                .build();
        contents.add(
            new Contents(
                Contents.FORMAT,
                config,
                first
                    ? Thresholds.half(set.classCount())
                    : new Thresholds(List.of(0.5, 0.1), bySet),
                first ? List.of() : Collections.nCopies(set.classCount(), 1e22),
                first ? Map.of() : bySet,
                "",
                first ? "native" : "java",
                "lstm"));
      }
    }
    return contents.stream();
  }

  @ParameterizedTest
  @MethodSource("contents")
  void readsWhatIsSaved(Contents contents) throws IOException {
    Path file = folder.resolve("config.json");
    ModelFile.write(file, contents);
    assertThat(SavedContents.read(JSON.readTree(file.toFile()))).contains(contents);
    assertThat(ModelFile.read(file, Contents.class)).isEqualTo(contents);
  }

  @ParameterizedTest
  @MethodSource("contents")
  void readsNothingThatDatabindReadsOtherwiseOrRefuses(Contents contents) throws IOException {
    Path file = folder.resolve("config.json");
    ModelFile.write(file, contents);
    JsonNode saved = JSON.readTree(file.toFile());
    Random random = new Random(saved.hashCode());
    int read = 0;
    for (int trial = 0; trial < 300; trial++) {
      JsonNode changed = saved.deepCopy();
      change(changed, random);
      Optional<Contents> found = SavedContents.read(changed);
      if (found.isPresent()) {
        Files.writeString(file, changed.toString());
        assertThat(databind(file)).as(changed.toString()).isEqualTo(found);
        read++;
      }
    }
    assertThat(read).isPositive();
  }

  private static Optional<Contents> databind(Path file) {
    try {
      return Optional.of(ModelFile.read(file, Contents.class));
    } catch (FileException e) {
      return Optional.empty();
    }
  }

  /** Replaces, adds or removes a value somewhere in an object or array. */
  private static void change(JsonNode json, Random random) throws IOException {
    List<JsonNode> inner = new ArrayList<>();
    json.forEach(each -> inner.add(each));
    inner.removeIf(each -> !each.isContainerNode());
    if (!inner.isEmpty() && random.nextInt(4) > 0) {
      change(inner.get(random.nextInt(inner.size())), random);
      return;
    }
    JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
    if (json instanceof ArrayNode array) {
      if (random.nextBoolean() && !array.isEmpty()) {
        array.set(random.nextInt(array.size()), value);
      } else {
        array.add(value);
      }
    } else if (json instanceof ObjectNode object) {
      List<String> keys = new ArrayList<>(KEYS);
      object.fieldNames().forEachRemaining(keys::add);
      String key = keys.get(random.nextInt(keys.size()));
      if (random.nextInt(4) == 0) {
        object.remove(key);
      } else {
        object.set(key, value);
      }
    }
  }
}
