package dev.mer4j.core.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final FileMark MARK = Safetensors.mark("b.");

  private @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeTwoTensors() {
    file = folder.resolve("model.safetensors");
    Safetensors.write(
        OutputFile.of(file, MARK),
        List.of(
            new Tensor("b.weight", List.of(2, 3), new float[] {1, -2, 3.5f, Float.NaN, 0, 6}),
            new Tensor("a.bias", List.of(1), new float[] {7})));
  }

  @Test
  void roundTripsTensors() {
    Map<String, Tensor> tensors = Safetensors.read(file);
    assertThat(tensors.keySet()).containsExactly("b.weight", "a.bias");
    assertThat(tensors.get("b.weight").shape()).containsExactly(2, 3);
    assertThat(tensors.get("b.weight").values()).containsExactly(1, -2, 3.5f, Float.NaN, 0, 6);
  }

  @Test
  void overwritesOnlyItsOwnFiles() throws IOException {
    Path foreign = folder.resolve("pytorch.safetensors");
    Files.writeString(foreign, "{\"__metadata__\":{\"format\":\"pt\"}}");

    assertThat(MARK.isOn(file)).isTrue();
    assertThat(Safetensors.mark("c.").isOn(file)).isFalse();
    assertThat(MARK.isOn(foreign)).isFalse();
    assertThatThrownBy(() -> Safetensors.write(OutputFile.of(foreign, MARK), List.of()))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("pytorch.safetensors: exists, and is not an earlier output");
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("model.safetensors");
    }
  }

  @Test
  void flippedBytesThrowFileExceptionOrChangeValues() throws IOException {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "3",
        "{\"a\":null}",
        "{\"a\":[]}",
        "{\"a\":{\"dtype\":\"F32\"}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":4,\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967297],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,1e30]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775804,"
            + "9223372036854775807]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}"
      })
  void refusesInvalidHeaders(String header) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(json.length).put(json).array());
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + ": ");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, 100_000_000})
  void refusesInvalidHeaderLengths(long length) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Files.write(file, bytes);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + ": not a safetensors file");
  }

  @Test
  void interruptedThreadReadsTheWholeFile() {
    Thread.currentThread().interrupt();
    assertThat(Safetensors.read(file)).hasSize(2);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void reportsMissingFiles() {
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("none.safetensors")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("none.safetensors: cannot be read: no such file");
  }
}
