package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** Tells from a file's first bytes what was saved under its name when it is not HDF5. */
final class HdfPreamble {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private HdfPreamble() {}

  /** Raises an error unless the file has an HDF5 signature where the format allows one. */
  static void check(Path file) {
    if (Files.isDirectory(file)) {
      throw new FileException(file, "is a folder, not a computational sequence");
    }
    if (!Files.exists(file)) {
      throw new FileException(file, "does not exist");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() == 0) {
        throw new FileException(file, "is empty (0 bytes); download it again");
      }
      if (!signed(channel)) {
        throw new FileException(file, whatItIs(bytes(channel, 0, 64)));
      }
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether this is a file with the signature. */
  static boolean isHdf5(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return signed(channel);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean signed(FileChannel channel) throws IOException {
    for (long at = 0; at < channel.size(); at = at == 0 ? 512 : 2 * at) {
      if (Arrays.equals(bytes(channel, at, SIGNATURE.length), SIGNATURE)) {
        return true;
      }
    }
    return false;
  }

  private static String whatItIs(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("version https://git-lfs")) {
      return "is a Git LFS pointer, not the data itself; fetch the file with git lfs pull";
    }
    String tag = text.strip().toLowerCase(Locale.ROOT);
    if (tag.startsWith("<!doctype") || tag.startsWith("<html")) {
      return "is an HTML page saved under the file's name; download the data itself";
    }
    return "is not an HDF5 file: it starts with '"
        + text.substring(0, Math.min(16, text.length())).replaceAll("[^ -~]", ".")
        + "'; download it again";
  }

  private static byte[] bytes(FileChannel channel, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {}
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
