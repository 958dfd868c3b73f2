package dev.mer4j.data.source.zip;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A member of an archive.
 *
 * @param packedLength bytes in the archive
 * @param length bytes of content
 * @param header the position of its local header
 */
public record ZipMember(
    String name, int method, long packedLength, long length, long crc, long header) {
  /** Headers of arrays are shorter, and are read without the rest. */
  static final int HEAD_BYTES = 1 << 12;

  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_BYTES = 30;

  /** Returns whether it is stored without compression. */
  public boolean isStored() {
    return method == STORED;
  }

  /** Returns whether it is compressed by deflate. */
  public boolean isDeflated() {
    return method == DEFLATED;
  }

  /** Returns the bytes in the archive, compressed or not. */
  public ByteSource packed(ByteSource archive) throws IOException {
    ByteBuffer local = archive.read(header, LOCAL_BYTES);
    if (local.getInt(0) != LOCAL_SIGNATURE) {
      throw archive.fault(header, "corrupt: member " + name + " does not begin here");
    }
    int names = (local.getShort(26) & 0xFFFF) + (local.getShort(28) & 0xFFFF);
    return archive.slice(header + LOCAL_BYTES + names, packedLength);
  }

  /**
   * Checks the checksum of its content.
   *
   * @throws ArrayFormatException if it is another one
   */
  void requireChecksum(CRC32 content, ByteSource packed) {
    if (content.getValue() != crc) {
      throw damaged(packed, "checksum mismatch");
    }
  }

  /** Returns an error about its content. */
  ArrayFormatException damaged(ByteSource packed, String reason) {
    return packed.fault(0, "corrupt: member " + name + ": " + reason + "; download it again");
  }
}
