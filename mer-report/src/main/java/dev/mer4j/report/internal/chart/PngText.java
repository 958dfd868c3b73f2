package dev.mer4j.report.internal.chart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Adds textual metadata to a PNG file.
 *
 * <p>Source: Portable Network Graphics specification, sections 5.3 (chunk layout) and 11.3.4.3
 * (tEXt).
 */
final class PngText {
  /** Offset of the first chunk after the signature and IHDR. */
  static final int OFFSET = 8 + 25;

  private PngText() {}

  /** Returns a tEXt chunk of a keyword and Latin-1 text. */
  static byte[] chunk(String keyword, String text) {
    byte[] content = ("tEXt" + keyword + "\0" + text).getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(content);
    return ByteBuffer.allocate(content.length + 8)
        .putInt(content.length - 4)
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }

  /** Returns the file with a chunk inserted after its IHDR. */
  static byte[] insert(byte[] png, byte[] chunk) {
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(Arrays.copyOf(png, OFFSET))
        .put(chunk)
        .put(png, OFFSET, png.length - OFFSET)
        .array();
  }
}
