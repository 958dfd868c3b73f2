package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModalitiesOptionTest {
  @TempDir private Path folder;

  @BeforeEach
  void unpack() throws IOException {
    YourDataFiles.write(folder);
  }

  @Test
  void aModalityOfAPickleIsLeftOut() throws IOException {
    Path store = folder.resolve("a.store");
    Cli prepared =
        Cli.run(
            "prepare", folder.resolve("mmsa.pkl"), "--modalities", "text,audio", "--out", store);

    assertThat(prepared.err()).isEmpty();
    assertThat(prepared.out()).contains("modalities left out by --modalities: 1 (visual)");
    assertThat(widths(store)).hasSize(2);

    Path again = folder.resolve("b.store");
    Cli.run("prepare", "--config", folder.resolve("a.data.json"), "--out", again);
    assertThat(widths(again)).hasSize(2);
  }

  @Test
  void aSequenceOfAFolderIsLeftOut() {
    Path data = folder.resolve("synthetic");
    Cli.run("synth", data, "--videos", 12, "--seed", 1);
    Path store = folder.resolve("c.store");
    Cli prepared = Cli.run("prepare", data, "--modalities", "audio", "--out", store);

    assertThat(prepared.err()).isEmpty();
    assertThat(prepared.out())
        .contains("modalities left out by --modalities: 2 (text, visual)")
        .doesNotContain("No file of");
    assertThat(widths(store)).hasSize(1);
  }

  @Test
  void aModalityThatTheDataLacksIsAnError() {
    Cli refused =
        Cli.run(
            "prepare",
            folder.resolve("mmsa.pkl"),
            "--modalities",
            "gaze",
            "--out",
            folder.resolve("d.store"));

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("--modalities gaze", "[text, audio, visual]");
  }

  private static JsonNode widths(Path store) {
    return Cli.run("inspect", store, "--json").json().get("widths");
  }
}
