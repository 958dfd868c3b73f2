package dev.mer4j.data.source.detect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.FileException;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.NumericArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class BrokenArraysTest {
  @TempDir Path folder;

  @BeforeEach
  void unpack() throws IOException {
    ArrayForms.unpack("arrays.zip", folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mmsa-2.pkl",
        "python2-0.pkl",
        "big.npy",
        "tensors.pt",
        "tensors.safetensors",
        "legacy-tensors.pt",
        "dumped-0.pkl",
        "dumped-4.pkl"
      })
  void aFileThatIsCutOffAnywhereIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(name));
    int step = Math.max(1, whole.length / 400);
    for (int length = 0; length < whole.length; length += step) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ArrayFiles.open(file).close())
          .as("%d bytes", length)
          .isInstanceOf(FileException.class)
          .hasMessageContaining("x.bin: ");
    }
    assertThatThrownBy(() -> ArrayFiles.open(write(Arrays.copyOf(whole, whole.length - 1))).close())
        .hasMessageContaining(" again");
  }

  @Test
  void theKeyOfACutArrayIsNamed() throws IOException {
    JsonNode paths = new ObjectMapper().readTree(folder.resolve("paths.json").toFile());
    assertThat(paths).hasSize(3 * 14);
    for (JsonNode path : paths) {
      byte[] whole = Files.readAllBytes(folder.resolve(path.get(0).asText()));
      Path file = write(Arrays.copyOf(whole, path.get(1).asInt() + 5));
      assertThatThrownBy(() -> ArrayFiles.open(file).close())
          .as("%s", path)
          .isInstanceOf(FileException.class)
          .hasMessageMatching(".*x.bin: byte \\d+: " + path.get(2).asText() + ": truncated.*");
    }
  }

  @Test
  void filesOfNoFormAreNamedByWhatTheyAre() throws IOException {
    refuses("", "is empty (0 bytes); download it again");
    refuses("<!DOCTYPE html><html>", "is an HTML page");
    refuses("version https://git-lfs.github.com/spec/v1\noid", "fetch the file with git lfs pull");
    refuses("\u0089HDF\r\n\u001a\n", "is an HDF5 file");
    refuses("\u001f\u008b\b\0\0\0", "is compressed (gzip); unpack it first");
    refuses("BZh91AY", "is compressed (bzip2)");
    refuses("\u00fd7zXZ\0", "is compressed (xz)");
    refuses("id,video\n1,a\n", "it starts with 'id,video.1,a.'");
    refuses("PK\5\6" + "\0".repeat(18), "is a ZIP archive without arrays");
    assertThatThrownBy(() -> ArrayFiles.open(folder)).hasMessageContaining("is a folder");
    assertThatThrownBy(() -> ArrayFiles.open(folder.resolve("none.pkl")))
        .hasMessageEndingWith("none.pkl: does not exist");
  }

  @Test
  void headersOfNumpyThatLieAreRefused() throws IOException {
    refusesNpy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "needs 12 bytes");
    refusesNpy("{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }", "the shape (-3,)");
    refusesNpy("{'descr': '<f4', 'fortran_order': False, 'shape': (x,), }", "the shape (x,)");
    refusesNpy("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "type '<c8'");
    refusesNpy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "fields");
    refusesNpy("{'descr': '<f4', 'shape': (2,), }", "without order or shape");
    refusesNpy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "a mark is missing");
    String huge = "9".repeat(18);
    refusesNpy(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (" + huge + ", " + huge + "), }",
        "impossible shape");
    refuses("\u0093NUMPY\7\0\0\0\0\0", "unsupported .npy version 7");
    refuses("\u0093NUMPY\2\0\u00ff\u00ff\u00ff\u00ff", "an .npy header of 4294967295 bytes");
    refuses("\u0093NUMPY\1\0\u00ff\1", "truncated");
  }

  @Test
  void headersOfSafetensorsThatLieAreRefused() throws IOException {
    refusesTensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "needs 8");
    refusesTensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,36]}}", "claims");
    refusesTensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", "[-1]");
    refusesTensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", "[-1]");
    refusesTensors("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", "has no shape");
    refusesTensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", "claims");
    refusesTensors("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}}", "F8_E4");
    refusesTensors("{\"a\":3}", "claims");
    refusesTensors("{\"a\":", "not JSON");
    refusesTensors(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "tensors a and b overlap");
  }

  @Test
  void anInterruptDoesNotEndReading() throws IOException {
    for (String name : List.of("mmsa-2.pkl", "deflated.npz", "tensors.pt")) {
      Thread.currentThread().interrupt();
      try (ArrayFile arrays = ArrayFiles.open(folder.resolve(name))) {
        for (NumericArray array : arrays.numericArrays().values()) {
          assertThat(array.readRows(0, array.rows())).hasSize((int) array.size());
        }
      }
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void refuses(String content, String problem) throws IOException {
    Path file = write(content.getBytes(ISO_8859_1));
    assertThatThrownBy(() -> ArrayFiles.open(file).close())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("x.bin: ")
        .hasMessageContaining(problem);
  }

  private void refusesNpy(String header, String problem) throws IOException {
    refuses("\u0093NUMPY\1\0" + (char) header.length() + "\0" + header + "12345678", problem);
  }

  private void refusesTensors(String header, String problem) throws IOException {
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length()).array();
    refuses(new String(length, ISO_8859_1) + header + "12345678", problem);
  }

  private Path write(byte[] content) {
    try {
      return Files.write(folder.resolve("x.bin"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
