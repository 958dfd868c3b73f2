package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.train.sweep.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblateCommandTest {
  private static final String SETTINGS =
      """
      {"reference": {"model": {"hidden": 2, "headHidden": 4}, "training": {"epochs": 1}},
       "concatenation": {"model": {"fusion": {"kind": "concatenation"}}}}
      """;

  @TempDir private Path folder;

  @Test
  void comparesSettingsOnFamiliesAndStoresAndResumes() throws IOException {
    Path data = folder.resolve("data");
    Cli.run("synth", data, "--family", "split", "--videos", 20);
    Path store = TinyData.prepare(data, folder.resolve("files.store"));
    Object[] command =
        command(
            "--families",
            "order",
            "--videos",
            10,
            "--seeds",
            2,
            "--store",
            store,
            "--store",
            "none.store");

    Cli first = Cli.run(command);
    String tables = Files.readString(folder.resolve("out/ablation.md"));
    Cli again = Cli.run(command);

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err().trim()).isEqualTo("mer: none: skipped, no such file: none.store");
    assertThat(first.out())
        .contains("order, concatenation, seed 102: primary 0.")
        .contains("files, unimodal-mean, seed 101: primary 0.");
    assertThat(again.out()).doesNotContain("seed 102");
    assertThat(folder.resolve("out/ablation.md")).hasContent(tables);
    assertThat(tables)
        .startsWith("# Ablation\n")
        .contains("## Gain over reference, mean of all data sets", "| concatenation | ")
        .contains("## order", "## files", "| logistic-regression | 2 | 0.")
        .contains("2 seeds");
    // Only the family has a known bound.
    assertThat(tables.split("\\| bound \\|", -1)).hasSize(3);
  }

  @Test
  void laterSettingsChangeTheFirst() {
    List<Setting> read =
        new AblationSettings(TinyData.text(folder.resolve("settings.json"), SETTINGS))
            .read(PerModality.of(Modality.TEXT, 3), Emotion.MOSEI);

    assertThat(read).extracting(Setting::name).containsExactly("reference", "concatenation");
    assertThat(read.get(1).model().hidden()).isEqualTo(2);
    assertThat(read.get(1).training()).isEqualTo(read.get(0).training());
    assertThat(read.get(1).model().fusion()).isNotEqualTo(read.get(0).model().fusion());
  }

  @Test
  void invalidOptionsAndSettingsAreNamed() {
    Path typo = TinyData.text(folder.resolve("typo.json"), "{\"a\": {\"modle\": {}}}");

    assertThat(invalid("--families", "irony")).contains("no family 'irony'", "interaction");
    assertThat(invalid("--store", "equal.store")).contains("rename the store");
    assertThat(invalid("--seeds", 0, "--parallel", 0, "--videos", 2))
        .contains("--seeds must be at least 1: 0")
        .contains("--parallel must be at least 1: 0")
        .contains("[5, 10000]: 2");
    assertThat(Cli.run("ablate", folder.resolve("out"), "--settings", typo).err())
        .contains("a: unknown settings: modle (did you mean model?)");
    assertThat(Cli.run("synth", folder, "--family", "irony").status()).isEqualTo(2);
    assertThat(Cli.run("synth", folder, "--family", "split", "--pace", 2).err())
        .contains("--pace does not apply to a family");
  }

  @Test
  void refusesToReplaceAnotherProgramsTables() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Path precious = TinyData.text(folder.resolve("out/ablation.md"), "# Notes");

    Cli refused = Cli.run(command());

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("ablation.md");
    assertThat(precious).hasContent("# Notes");
  }

  @Test
  void aFamilyIsWrittenWithItsBound() throws IOException {
    Path data = folder.resolve("data");
    Cli written = Cli.run("synth", data, "--family", "text-dominant", "--seed", 3);
    Cli again = Cli.run("synth", data, "--family", "text-dominant", "--seed", 3);
    JsonNode truth = new ObjectMapper().readTree(Files.readString(data.resolve("truth.json")));

    assertThat(written.out()).contains("synthetic files: " + data);
    assertThat(again.status()).isZero();
    assertThat(truth.get("family").asText()).isEqualTo("text-dominant");
    assertThat(truth.get("bound")).hasSize(7);
    assertThat(truth.get("bound").get("text").asDouble())
        .isGreaterThan(truth.get("bound").get("audio").asDouble());
  }

  private String invalid(Object... options) {
    Cli wrong = Cli.run(command(options));
    assertThat(wrong.status()).isEqualTo(2);
    return wrong.err();
  }

  private Object[] command(Object... options) {
    Path settings = TinyData.text(folder.resolve("settings.json"), SETTINGS);
    List<Object> command = new ArrayList<>(List.of("ablate", folder.resolve("out")));
    command.addAll(List.of("--settings", settings));
    command.addAll(List.of(options));
    return command.toArray();
  }
}
