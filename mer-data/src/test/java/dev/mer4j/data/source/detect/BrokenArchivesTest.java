package dev.mer4j.data.source.detect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.NumericArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged ZIP archives of arrays and of tensors. */
@Timeout(60)
final class BrokenArchivesTest {
  private static final int ROWS = 3000;
  private static final int WIDTH = 37;

  @TempDir Path folder;

  @BeforeEach
  void unpack() throws IOException {
    ArrayForms.unpack("arrays.zip", folder);
  }

  @Test
  void aLargeDeflatedMemberIsReadInAnyOrder() throws IOException {
    try (ArrayFile arrays = ArrayFiles.open(write(archive(ZipEntry.DEFLATED)))) {
      NumericArray rows = arrays.get(NumericArray.class, "a");
      NumericArray columns = arrays.get(NumericArray.class, "b");
      for (int row = ROWS - 1; row >= 0; row -= 97) {
        float[] values = rows.readRows(row, row + 1);
        float[] others = columns.readRows(row, row + 1);
        for (int i = 0; i < WIDTH; i++) {
          assertThat(values[i]).isEqualTo(row * WIDTH + i);
          assertThat(others[i]).isEqualTo(i * ROWS + row);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.DEFLATED, ZipEntry.STORED})
  void aDamagedMemberIsRefusedWhenItIsRead(int method) throws IOException {
    byte[] bytes = archive(method);
    bytes[bytes.length / 3] ^= 16;
    try (ArrayFile arrays = ArrayFiles.open(write(bytes))) {
      NumericArray damaged = arrays.get(NumericArray.class, "a");
      assertThatThrownBy(() -> damaged.readRows(0, ROWS))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("x.bin: byte ")
          .hasMessageContaining("corrupt: member a.npy: ")
          .hasMessageContaining("download it again");
      NumericArray other = arrays.get(NumericArray.class, "b");
      assertThat(other.readRows(1, 2)[0]).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deflated.npz", "stored.npz"})
  void aSmallDamagedMemberIsRefusedWhenTheFileIsOpened(String name) throws IOException {
    byte[] small = Files.readAllBytes(folder.resolve(name));
    small[1900] ^= 16;
    refuses(new String(small, ISO_8859_1), "k0.npy: corrupt: member k0.npy: ");
  }

  @Test
  void aDirectoryWithFewerMembersThanItClaimsIsRefused() throws IOException {
    byte[] bytes = archive(ZipEntry.DEFLATED);
    assertThat(bytes[bytes.length - 12]).isEqualTo((byte) 2);
    bytes[bytes.length - 12] = 3;
    refuses(new String(bytes, ISO_8859_1), "corrupt: the archive's directory has 2 of 3 members");
  }

  /** Returns two arrays of the numbers from 0 on, in C and in Fortran order. */
  private static byte[] archive(int method) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("a", "b")) {
        byte[] content = numbers(name.equals("a") ? "False" : "True");
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setMethod(method);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] numbers(String fortranOrder) {
    String header =
        String.format(
            Locale.ROOT,
            "{'descr': '<f4', 'fortran_order': %s, 'shape': (%d, %d), }",
            fortranOrder,
            ROWS,
            WIDTH);
    ByteBuffer content =
        ByteBuffer.allocate(10 + header.length() + 4 * ROWS * WIDTH)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(("\u0093NUMPY\1\0" + (char) header.length() + "\0" + header).getBytes(ISO_8859_1));
    for (int i = 0; i < ROWS * WIDTH; i++) {
      content.putFloat(i);
    }
    return content.array();
  }

  @Test
  void recordsOfTorchThatLieAreRefused() throws IOException {
    refusesTorch(name -> name, true, "is compressed, which torch.save does not do");
    refusesTorch(name -> name.replace("data/0", "data/x"), false, "has no storage archive/data/0");
    refusesTorch(name -> name.replace("data.pkl", "data.txt"), false, "without arrays");
    refusesTorch(
        name -> name.endsWith("data/1") ? "" : name, false, "has no storage archive/data/1");
    byte[] bytes = rewritten(folder.resolve("tensors.pt"), name -> name, false);
    String text = new String(bytes, ISO_8859_1);
    String lying = text.replaceFirst("FloatStorage", "ShortStorage");
    refuses(lying, "storage archive/data/2 has 48 bytes, not 12 numbers of int16");
  }

  private void refuses(String content, String problem) throws IOException {
    Path file = write(content.getBytes(ISO_8859_1));
    assertThatThrownBy(() -> ArrayFiles.open(file).close())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("x.bin: ")
        .hasMessageContaining(problem);
  }

  private void refusesTorch(UnaryOperator<String> rename, boolean deflate, String problem)
      throws IOException {
    byte[] bytes = rewritten(folder.resolve("tensors.pt"), rename, deflate);
    refuses(new String(bytes, ISO_8859_1), problem);
  }

  /** Returns an archive with its members renamed; those with an empty name are omitted. */
  private static byte[] rewritten(Path archive, UnaryOperator<String> rename, boolean deflate)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipFile source = new ZipFile(archive.toFile());
        ZipOutputStream target = new ZipOutputStream(bytes)) {
      Enumeration<? extends ZipEntry> entries = source.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = rename.apply(entry.getName());
        if (!name.isEmpty()) {
          ZipEntry copy = new ZipEntry(name);
          copy.setMethod(deflate ? ZipEntry.DEFLATED : ZipEntry.STORED);
          copy.setSize(entry.getSize());
          copy.setCrc(entry.getCrc());
          target.putNextEntry(copy);
          source.getInputStream(entry).transferTo(target);
        }
      }
    }
    return bytes.toByteArray();
  }

  private Path write(byte[] content) {
    try {
      return Files.write(folder.resolve("x.bin"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
