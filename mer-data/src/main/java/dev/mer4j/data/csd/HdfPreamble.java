package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.data.internal.hdf5.Hdf5File;
import dev.mer4j.file.ChannelIo;
import dev.mer4j.file.ReadFailure;
import dev.mer4j.file.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** Identifies from the first bytes what a file that is not HDF5 contains. */
final class HdfPreamble {
  private static final int START_BYTES = 64;

  private HdfPreamble() {}

  /** Throws unless the file has an HDF5 signature at a position that the format allows. */
  static void check(Path file) {
    Uninterrupted.run(() -> checkOnce(file));
  }

  private static void checkOnce(Path file) {
    if (Files.isDirectory(file)) {
      throw new FileException(
          file, "is a folder, not a computational sequence; specify a file in it");
    }
    if (!Files.exists(file)) {
      throw new FileException(
          file,
          Files.isSymbolicLink(file)
              ? "is a link to a file that does not exist"
              : "does not exist");
    }
    // A pipe is not opened, because opening waits for a writer.
    if (!Files.isRegularFile(file)) {
      throw new FileException(file, "is a pipe, a socket or a device; specify a regular file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() == 0) {
        throw new FileException(file, "is empty (0 bytes); download it again");
      }
      if (!Hdf5File.isSigned(channel)) {
        throw new FileException(file, description(start(channel)));
      }
    } catch (IOException e) {
      throw new FileException(file, ReadFailure.reason(file, e), e);
    }
  }

  /** Returns whether the file exists and has the signature. */
  static boolean isHdf5(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      return Uninterrupted.get(() -> isSigned(file));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isSigned(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return Hdf5File.isSigned(channel);
    }
  }

  private static String description(byte[] start) {
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

  private static byte[] start(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(START_BYTES);
    ChannelIo.readFully(channel::read, buffer, 0);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
