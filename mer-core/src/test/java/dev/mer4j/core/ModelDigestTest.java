package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.internal.io.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The digest of a model folder detects changes, and can be renewed by a command. */
class ModelDigestTest extends SmallModelFolder {
  private static final Path GUIDE = Path.of("../docs/model.md");

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
    SmallModels.save(other, 12);
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
}
