package dev.mer4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeTwoTensors() {
    file = folder.resolve("model.safetensors");
    Safetensors.write(
        file,
        List.of(
            new Tensor("b.weight", List.of(2, 3), new float[] {1, -2, 3.5f, Float.NaN, 0, 6}),
            new Tensor("a.bias", List.of(1), new float[] {7})));
  }

  @Test
  void readsBackWhatWasWritten() {
    Map<String, Tensor> tensors = Safetensors.read(file);
    assertThat(tensors.keySet()).containsExactly("b.weight", "a.bias");
    assertThat(tensors.get("b.weight").shape()).containsExactly(2, 3);
    assertThat(tensors.get("b.weight").values()).containsExactly(1, -2, 3.5f, Float.NaN, 0, 6);
  }

  @Test
  void replacesItsOwnFilesOnly() throws IOException {
    Path foreign = folder.resolve("pytorch.safetensors");
    Files.writeString(foreign, "{\"__metadata__\":{\"format\":\"pt\"}}");

    assertThat(Safetensors.MARK.isOn(file)).isTrue();
    assertThatThrownBy(() -> Safetensors.write(foreign, List.of()))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("pytorch.safetensors: exists, and is not an earlier output");
  }

  @Test
  void refusesAFileCutAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("model.safetensors");
    }
  }

  @Test
  void flippedBytesGiveOneClearErrorOrOtherNumbers() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    SeedStream draws = new Seeds(1).stream("flips");
    for (int trial = 0; trial < 500; trial++) {
      byte[] flipped = whole.clone();
      flipped[draws.nextInt(flipped.length)] ^= (byte) (1 << draws.nextInt(8));
      Files.write(file, flipped);
      try {
        Safetensors.read(file);
      } catch (FileException e) {
        assertThat(e).hasMessageContaining("model.safetensors");
      }
    }
  }

  @Test
  void namesAMissingFile() {
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("none.safetensors")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("none.safetensors: cannot be read: no such file");
  }
}
