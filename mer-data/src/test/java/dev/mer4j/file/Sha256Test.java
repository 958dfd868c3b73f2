package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  /** The example of FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void bytesFilesAndStreamsGiveTheStandardsDigest(@TempDir Path folder) throws IOException {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    Path file = Files.write(folder.resolve("abc"), abc);
    assertThat(Sha256.of(abc)).isEqualTo(ABC);
    assertThat(Sha256.of(file)).isEqualTo(ABC);
    byte[] more = "abcdef".getBytes(StandardCharsets.US_ASCII);
    assertThat(new Sha256().put(new ByteArrayInputStream(more), 3).hex()).isEqualTo(ABC);
    assertThat(HexFormat.of().formatHex(new Sha256().put(file).bytes())).isEqualTo(ABC);
  }

  @Test
  void hashesNumbersInLittleEndianOrder() {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    Sha256 sha256 = new Sha256();
    for (int i = 0; i < 40_000; i++) {
      sha256.put(i % 3 == 0).put(i).put(i * 0.1f).put(i * 0.1).put("é");
      bytes.put((byte) (i % 3 == 0 ? 1 : 0)).putInt(i).putFloat(i * 0.1f).putDouble(i * 0.1);
      bytes.putChar('é');
    }
    byte[] expected = new byte[bytes.flip().remaining()];
    bytes.get(expected);
    assertThat(sha256.hex()).isEqualTo(Sha256.of(expected));
  }

  @Test
  void isResetAfterEachDigest() {
    Sha256 sha256 = new Sha256();
    String first = sha256.put(7).hex();
    assertThat(sha256.put(7).hex()).isEqualTo(first);
  }
}
