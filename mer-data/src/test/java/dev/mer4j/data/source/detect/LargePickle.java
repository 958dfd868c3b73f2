package dev.mer4j.data.source.detect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.NumericArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Writes a pickle as large as MMSA's unaligned features (7 GB, most of it holes in the file), reads
 * every number of it and prints the time; not part of the build. After {@code mvn -pl mer-data
 * test-compile}, with the class path that {@code mvn dependency:build-classpath} prints:
 *
 * <pre>
 * java -Xmx256m -cp … dev.mer4j.data.source.detect.LargePickle FOLDER PROTOCOL
 * </pre>
 */
final class LargePickle {
  private static final long ROWS = 16_326;
  private static final int STEPS = 500;

  private LargePickle() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]).resolve("large.pkl");
    boolean text = args[1].equals("2");
    try {
      write(file, text);
      read(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void write(Path file, boolean text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      put(channel, text ? "\u0080\2}" : "\u0080\4}");
      put(channel, "(X\5\0\0\0audio");
      array(channel, 74, false, text);
      put(channel, "X\6\0\0\0vision");
      array(channel, 35, !text, text);
      put(channel, "u.");
    }
  }

  /** Writes an array of zeros whose last number is pi. */
  private static void array(FileChannel channel, int width, boolean fortran, boolean text)
      throws IOException {
    String shape = "M" + le(ROWS, 2) + "M" + le(STEPS, 2) + "K" + (char) width + "\u0087";
    put(channel, "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\ntR(K\1" + shape);
    put(channel, "cnumpy\ndtype\nX\2\0\0\0f8\u0085R(K\3X\1\0\0\0<NNNK\0K\0K\0tb");
    put(channel, fortran ? "\u0088" : "\u0089");
    long bytes = ROWS * STEPS * width * Double.BYTES;
    String last = le(Double.doubleToLongBits(Math.PI), 8);
    if (text) {
      // Protocol 2: text whose characters are the bytes. Its length is one of 8 bytes here.
      byte[] tail = last.getBytes(UTF_8);
      put(channel, "c_codecs\nencode\n\u008d" + le(bytes - 8 + tail.length, 8));
      channel.position(channel.position() + bytes - 8);
      channel.write(ByteBuffer.wrap(tail));
      put(channel, "X\6\0\0\0latin1\u0086R");
    } else {
      put(channel, "\u008e" + le(bytes, 8));
      channel.position(channel.position() + bytes - 8);
      put(channel, last);
    }
    put(channel, "tb");
  }

  private static void read(Path file) throws IOException {
    long start = System.nanoTime();
    try (ArrayFile arrays = ArrayFiles.open(file)) {
      print(Files.size(file) + " bytes indexed", start);
      for (String name : new String[] {"audio", "vision"}) {
        NumericArray array = arrays.get(NumericArray.class, name);
        long from = System.nanoTime();
        double sum = 0;
        for (long row = 0; row < array.rows(); row++) {
          for (float value : array.readRows(row, row + 1)) {
            sum += value;
          }
        }
        if ((float) sum != (float) Math.PI) {
          throw new IllegalStateException(name + " adds up to " + sum);
        }
        print(name + ", " + array + ", read row by row", from);
      }
    }
  }

  private static void print(String what, long start) {
    System.out.printf(Locale.ROOT, "%s in %.2f s%n", what, (System.nanoTime() - start) / 1e9);
  }

  private static String le(long value, int bytes) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return new String(all, 0, bytes, ISO_8859_1);
  }

  private static void put(FileChannel channel, String content) throws IOException {
    channel.write(ByteBuffer.wrap(content.getBytes(ISO_8859_1)));
  }
}
