package dev.mer4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes NumPy files of small whole numbers as float32. */
final class NpyFile {
  private static final int HEADER = 128;

  private NpyFile() {}

  static Path write(Path file, int... shape) {
    String extents =
        Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(extents);
    String padded = header + " ".repeat(HEADER - 11 - header.length()) + "\n";
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER + Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) (HEADER - 10));
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.putFloat(i % 7 - 3);
    }
    try {
      return Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
