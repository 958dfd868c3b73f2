package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model folder stores all settings, and folders of earlier versions load. */
class ModelFolderTest extends SmallModelFolder {
  private static final Path OLD = Path.of("src/test/resources/torch/attention");

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
    SmallModels.save(other, 12);
    SmallModels.save(other, 11);
    MultimodalModel.load(other).close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(other.resolve("model.sha256")).hasSameTextualContentAs(digest);
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
}
